using System.Globalization;
using Earmark.Contracts.Sites;

namespace Earmark.Silo.Sites.Reports;

/// <summary>Pages of lots and shipments, which are few enough to make a line of each.</summary>
internal static class AssetPages
{
    private static readonly string[] Present = ["held", "empty", "waiting", "on-route", "off-corridor", "silent", "seal-broken", "overdue"];

    public static AssetPage Of(IEnumerable<AssetLine> lines, AssetQuery query)
    {
        var found = lines.Where(line => Takes(line, query)).ToList();
        var sorted = query.Sort switch
        {
            "asset" => Sort(found, line => line.AssetId, query.Descending, StringComparer.Ordinal),
            "zone" or "pen" => Sort(found, line => line.Zone, query.Descending, StringComparer.Ordinal),
            "weight" or "quantity" => Sort(found, line => line.QuantityGrams, query.Descending),
            "state" => Sort(found, line => line.State, query.Descending, StringComparer.Ordinal),
            "eligible" => Sort(found, line => line.EligibleGrams, query.Descending),
            _ => Sort(found, line => line.LastHeardAt ?? DateTimeOffset.MinValue, query.Descending),
        };
        var page = sorted.Skip(Math.Max(0, query.Offset)).Take(Math.Clamp(query.Count, 0, SiteLimits.PageSize));
        return new AssetPage(found.Count, [.. page]);
    }

    /// <summary>ISO 8601 UTC; empty for never.</summary>
    public static string Time(uint second) =>
        Seconds.AtOrNever(second)?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    private static bool Takes(AssetLine line, AssetQuery query) =>
        (query.Zone is null || line.Zone == query.Zone)
        && (query.FacilityId is null || line.FacilityId == query.FacilityId)
        && (query.State is null ? Present.Contains(line.State) || !string.IsNullOrEmpty(query.Search) : line.State == query.State || line.ExcludedBecause == query.State)
        && (string.IsNullOrEmpty(query.Search)
            || line.AssetId.Contains(query.Search, StringComparison.Ordinal) || line.DeviceId == query.Search);

    private static IOrderedEnumerable<AssetLine> Sort<T>(List<AssetLine> lines, Func<AssetLine, T> key, bool descending, IComparer<T>? order = null) =>
        (descending ? lines.OrderByDescending(key, order) : lines.OrderBy(key, order)).ThenBy(line => line.AssetId, StringComparer.Ordinal);
}
