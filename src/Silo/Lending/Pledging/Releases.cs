using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Silo.Lending.Cover;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Pledging;

/// <summary>解押: what the cover would be without the assets, and the commit that frees them once their site has stopped counting them.</summary>
internal static class Releases
{
    /// <summary>Whether every asset is pledged here at that site; true as well for a release that was cut off half-way.</summary>
    public static async Task<bool> AreAllPledged(ILendingBook lending, string facilityId, ReleaseOrder order)
    {
        var rows = await lending.ActivePledgesAsync(facilityId, order.SiteId, CancellationToken.None);
        var pledged = rows.Select(pledge => pledge.AssetId).ToHashSet(StringComparer.Ordinal);
        return order.AssetIds.Length is > 0 and <= SiteLimits.AssetsPerCommand && order.AssetIds.All(pledged.Contains);
    }

    /// <summary>
    /// The reports without those assets. A line gives an asset's quantity now, a report what it will be at its end, so what stays
    /// is rather too little than too much. An asset its site stopped counting already (a release cut off half-way) takes nothing.
    /// </summary>
    public static List<CollateralReport> Without(
        IReadOnlyCollection<CollateralReport> reports, string siteId, string facilityId, IReadOnlyList<AssetLine> lines)
    {
        var counted = lines.Where(line => line.FacilityId == facilityId && line.ExcludedBecause is null).ToList();
        return [.. reports.Select(report => report.SiteId != siteId ? report : report with { Rows = [.. report.Rows.Select(row => Less(row, counted))] })];
    }

    public static (LendingDecision, CommandReceipt) Decide(
        FacilityBook book, CoverStep step, long priceVersion, ReleaseOrder order, string decisionId, CommandReceipt receipt)
    {
        var inputs = DecisionInputs.Of(Decisions.OrderJson(order), step, priceVersion);
        return (Decisions.Of(book, decisionId, "release", accepted: true, inputs, receipt, order.By) with { ReleasedAssetIds = order.AssetIds }, receipt);
    }

    public static (LendingDecision, CommandReceipt) Refuse(
        FacilityBook book, CoverStep step, long priceVersion, ReleaseOrder order, string decisionId, string reason, string reasons)
    {
        var receipt = CommandReceipt.Refuse(reason, reasons);
        return (Decisions.Of(book, decisionId, "release", accepted: false, DecisionInputs.Of(Decisions.OrderJson(order), step, priceVersion), receipt, order.By), receipt);
    }

    private static QuantityRow Less(QuantityRow row, List<AssetLine> counted)
    {
        foreach (var line in counted.Where(line => (line.PriceClass, line.Grade, line.Zone) == (row.PriceClass, row.Grade, row.Zone)))
        {
            var confidence = Math.Max(0, row.AfterConfidenceGrams - line.EligibleGrams);
            var quantity = Math.Max(confidence, row.QuantityGrams - line.QuantityGrams);
            var health = Math.Clamp(row.AfterHealthGrams - line.EligibleGrams, confidence, quantity);
            row = row with
            {
                Count = Math.Max(0, row.Count - 1),
                QuantityGrams = quantity,
                AfterHealthGrams = health,
                AfterFreshnessGrams = Math.Clamp(row.AfterFreshnessGrams - line.EligibleGrams, confidence, health),
                AfterConfidenceGrams = confidence,
            };
        }

        return row;
    }
}
