namespace Earmark.Finance;

/// <summary>Why something pledged counts less than its quantity × price: a code, whom it touches, and the value it took away (0 where no price says how much).</summary>
public sealed record CoverReason(string Code, string PriceClass, string Grade, int Count, long QuantityGrams, Money Lost);

/// <summary>Codes of <see cref="CoverReason"/>. What a site excluded keeps the site's own code with <see cref="ExcludedPrefix"/> in front.</summary>
public static class CoverReasonCodes
{
    public const string ExcludedPrefix = "excluded:";
    public const string MissingPrice = "missing-price";
    public const string StalePrice = "stale-price";
    public const string PriceOnRamp = "price-on-ramp";
    public const string NotEligibleClass = "not-eligible-class";
    public const string MalformedRow = "malformed-row";
    public const string Health = "health";
    public const string Freshness = "freshness";
    public const string Confidence = "confidence";
    public const string Concentration = "concentration";
}
