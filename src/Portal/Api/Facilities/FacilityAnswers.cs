using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Api.Lending;

namespace Earmark.Portal.Api.Facilities;

/// <summary>A facility's live cover with every step that made it. Money in yuan, ltv and factors as fractions.</summary>
/// <param name="State">unknown (a pledged site has not reported), current, stale or unobserved.</param>
/// <param name="Ltv">debt ÷ eligibleValue; null with debt and no eligible value: beyond every line.</param>
/// <param name="LineState">clear, warning, margin-call or liquidation.</param>
/// <param name="ValidUntil">Past it draws and releases are refused as stale.</param>
/// <param name="AsOf">With priceVersion and the sites' positions: what this value is a function of.</param>
/// <param name="Factors">One row a class, grade and zone of a site, step by step.</param>
/// <param name="ProductVersion">The version it was opened with and keeps; null with terms of its own.</param>
/// <param name="IsUnsecured">Nothing secures it: no line applies, and ltv says nothing.</param>
/// <param name="Excluded">What counts nothing, by reason, with the first assets by name.</param>
public sealed record FacilityAnswer(
    string FacilityId,
    string BorrowerName,
    string Product,
    long Version,
    string State,
    decimal Limit,
    decimal Debt,
    decimal Principal,
    decimal AccruedInterest,
    decimal MarketValue,
    decimal EligibleValue,
    decimal BorrowingBase,
    decimal? Ltv,
    string LineState,
    LinesAnswer Lines,
    long PriceVersion,
    DateTimeOffset AsOf,
    DateTimeOffset? ValidUntil,
    DateTimeOffset? UnobservedSince,
    IReadOnlyList<FactorAnswer> Factors,
    IReadOnlyList<ExcludedAnswer> Excluded,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<StandingAnswer> Sites,
    MarginCallAnswer? MarginCall,
    string? ProductCode,
    int? ProductVersion,
    bool IsUnsecured)
{
    public static FacilityAnswer Of(FacilityView view) => new(
        view.FacilityId,
        view.BorrowerName,
        view.Product,
        view.Version,
        view.State,
        Amounts.Yuan(view.LimitFen),
        Amounts.Yuan(view.DebtFen),
        Amounts.Yuan(view.PrincipalFen),
        Amounts.Yuan(view.AccruedInterestFen),
        Amounts.Yuan(view.MarketValueFen),
        Amounts.Yuan(view.EligibleValueFen),
        Amounts.Yuan(view.BorrowingBaseFen),
        Amounts.Fraction(view.LtvPpm),
        view.LineState,
        LinesAnswer.Of(view.Lines),
        view.PriceVersion,
        view.AsOf,
        view.ValidUntil,
        view.UnobservedSince,
        [.. view.Factors.Select(FactorAnswer.Of)],
        [.. view.Excluded.Select(ExcludedAnswer.Of)],
        view.Reasons,
        [.. view.Sites.Select(StandingAnswer.Of)],
        view.MarginCall is { } call ? MarginCallAnswer.Of(call) : null,
        view.ProductCode.Length == 0 ? null : view.ProductCode,
        view.ProductCode.Length == 0 ? null : view.ProductVersion,
        view.IsUnsecured);
}

/// <summary>LTV at each line; exactly at a line is no breach.</summary>
public sealed record LinesAnswer(decimal Draw, decimal Warning, decimal MarginCall, decimal Liquidation, decimal Hysteresis)
{
    public static LinesAnswer Of(LinesView lines) => new(
        Amounts.Fraction(lines.DrawPpm),
        Amounts.Fraction(lines.WarningPpm),
        Amounts.Fraction(lines.MarginCallPpm),
        Amounts.Fraction(lines.LiquidationPpm),
        Amounts.Fraction(lines.HysteresisPpm));
}

/// <param name="Price">Yuan per kilogram; null where no price stands.</param>
/// <param name="Reason">Why the row counts less or nothing; null when it counts whole.</param>
public sealed record FactorAnswer(
    string SiteId,
    string PriceClass,
    string Grade,
    string Zone,
    int Count,
    decimal QuantityKilograms,
    decimal AfterHealthKilograms,
    decimal AfterFreshnessKilograms,
    decimal AfterConfidenceKilograms,
    decimal? Price,
    decimal Haircut,
    decimal MarketValue,
    decimal EligibleValue,
    string? Reason)
{
    public static FactorAnswer Of(FactorRow row) => new(
        row.SiteId,
        row.PriceClass,
        row.Grade,
        row.Zone,
        row.Count,
        Amounts.Kilograms(row.QuantityGrams),
        Amounts.Kilograms(row.AfterHealthGrams),
        Amounts.Kilograms(row.AfterFreshnessGrams),
        Amounts.Kilograms(row.AfterConfidenceGrams),
        row.FenPerTonne is { } fen ? Amounts.YuanPerKilogram(fen) : null,
        Amounts.Fraction((long)row.HaircutPpm),
        Amounts.Yuan(row.MarketValueFen),
        Amounts.Yuan(row.EligibleValueFen),
        row.Reason);
}

/// <param name="AssetIds">The first 100.</param>
public sealed record ExcludedAnswer(string Reason, string PriceClass, string Grade, int Count, decimal QuantityKilograms, IReadOnlyList<string> AssetIds)
{
    public static ExcludedAnswer Of(ExcludedQuantity row) =>
        new(row.Reason, row.PriceClass, row.Grade, row.Count, Amounts.Kilograms(row.QuantityGrams), row.AssetIds);
}

/// <summary>The journal position of a site the value rests on.</summary>
public sealed record StandingAnswer(string SiteId, long Epoch, long Position, DateTimeOffset AsOf, DateTimeOffset ValidUntil, DateTimeOffset? UnobservedSince)
{
    public static StandingAnswer Of(SiteStanding site) =>
        new(site.SiteId, site.Epoch, site.Position, site.AsOf, site.ValidUntil, site.UnobservedSince);
}

public sealed record FacilityList(IReadOnlyList<FacilityAnswer> Facilities);
