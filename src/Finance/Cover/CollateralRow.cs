namespace Earmark.Finance;

/// <summary>
/// What a site reports for one facility and one (price class, grade, zone). Quantities are grams for animals, lots and shipments alike.
/// Each "after" figure is cumulative, so every factor is shown and a sum of rows stays a row. Grade and zone may be empty;
/// a zone carries its site's name in front (ranch-1/pen-3), as pens of two sites are two pens.
/// </summary>
public sealed record CollateralRow(
    string PriceClass,
    string Grade,
    string Zone,
    int Count,
    long QuantityGrams,
    long AfterHealthGrams,
    long AfterFreshnessGrams,
    long AfterConfidenceGrams)
{
    /// <summary>Ten million tonnes: more than any one site holds, and far from overflow.</summary>
    public const long MaximumGrams = 10_000_000_000_000;

    /// <summary>False when a count or quantity is negative or too large, or a factor raises a quantity.</summary>
    public bool IsWellFormed =>
        Count >= 0 && QuantityGrams <= MaximumGrams && AfterHealthGrams <= QuantityGrams
        && AfterFreshnessGrams <= AfterHealthGrams && AfterConfidenceGrams <= AfterFreshnessGrams && AfterConfidenceGrams >= 0;
}

/// <summary>What is pledged but counts nothing, by reason (kebab-case: dead-presumed, missing, …). The quantity is what it would weigh if it counted.</summary>
public sealed record ExcludedRow(string Reason, string PriceClass, string Grade, int Count, long QuantityGrams);
