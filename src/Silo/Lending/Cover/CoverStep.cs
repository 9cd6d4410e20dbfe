using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Finance;

namespace Earmark.Silo.Lending.Cover;

/// <summary>What a facility's cover is computed from: reports, prices, terms and debt as they stand in memory.</summary>
internal sealed record CoverBasis(
    IReadOnlyCollection<CollateralReport> Reports,
    IReadOnlyCollection<string> PledgedSites,
    IReadOnlyList<ClassPrice> Prices,
    CoverTerms Terms,
    Money Debt);

/// <summary>A cover with how far it may be relied on. Pure: the same basis at the same moment gives the same step.</summary>
/// <param name="State">unknown, stale, unobserved or current: the first that holds.</param>
internal sealed record CoverStep(
    CoverResult Cover,
    string State,
    DateTimeOffset? ValidUntil,
    DateTimeOffset? UnobservedSince,
    IReadOnlyList<ExcludedQuantity> Excluded,
    IReadOnlyList<SiteStanding> Sites)
{
    public const string Unknown = "unknown";
    public const string Stale = "stale";
    public const string Unobserved = "unobserved";
    public const string Current = "current";

    /// <summary>Whether lines may move and margin calls open or close on it. An outage of a site lowers value along its ramp and counts; our own silence does not.</summary>
    public bool IsConclusive => State is Current or Unobserved;

    public static CoverStep Compute(CoverBasis basis, DateTimeOffset now)
    {
        var reports = basis.Reports;
        var rows = TransferNetting.Count(reports).Select(counted => Row(counted.SiteId, counted.Row)).ToList();
        var excluded = reports.SelectMany(report => report.Excluded).ToList();
        var cover = Finance.Cover.Compute(
            rows,
            [.. excluded.Select(one => new ExcludedRow(one.Reason, one.PriceClass, one.Grade, one.Count, one.QuantityGrams))],
            basis.Prices,
            basis.Terms,
            basis.Debt,
            now);
        var heard = reports.Select(report => report.SiteId).ToHashSet(StringComparer.Ordinal);
        var validUntil = reports.Count == 0 ? (DateTimeOffset?)null : reports.Min(report => report.ValidUntil);
        var unobservedSince = reports.Min(report => report.UnobservedSince);
        var state = !basis.PledgedSites.All(heard.Contains) ? Unknown
            : validUntil < now ? Stale
            : unobservedSince is not null ? Unobserved
            : Current;
        return new CoverStep(cover, state, validUntil, unobservedSince, excluded, [.. reports.Select(Standing)]);
    }

    /// <summary>As the draw and release rules want it.</summary>
    public CoverStanding Standing(LineState line, bool hasOpenMarginCall) =>
        new(Cover, ValidUntil ?? DateTimeOffset.MaxValue, State != Unknown, UnobservedSince is not null, line, hasOpenMarginCall);

    /// <summary>Pens of two sites are two pens, so the zone carries its site's name in front.</summary>
    public static CollateralRow Row(string siteId, QuantityRow row) => new(
        row.PriceClass,
        row.Grade,
        $"{siteId}/{row.Zone}",
        row.Count,
        row.QuantityGrams,
        row.AfterHealthGrams,
        row.AfterFreshnessGrams,
        row.AfterConfidenceGrams);

    private static SiteStanding Standing(CollateralReport report) =>
        new(report.SiteId, report.Epoch, report.Position, report.AsOf, report.ValidUntil, report.UnobservedSince);
}
