using Earmark.Contracts.Sites;
using Microsoft.AspNetCore.Http;

namespace Earmark.Portal.Layout;

/// <summary>Addresses of pages, and of the same page seen otherwise: order, filter and page number live in the query string.</summary>
public static class Links
{
    public const string Page = "page";

    public static string Site(SiteKind kind, string siteId) => kind switch
    {
        SiteKind.Warehouse => "/warehouses/" + siteId,
        SiteKind.Fleet => "/fleets/" + siteId,
        _ => "/ranches/" + siteId,
    };

    public static string Site(int kind, string siteId) => Site((SiteKind)kind, siteId);

    /// <summary>By id alone: leads on to the page of the asset's kind.</summary>
    public static string Asset(string assetId) => "/collateral/" + assetId;

    public static string Asset(SiteKind kind, string assetId) => kind switch
    {
        SiteKind.Warehouse => "/lots/" + assetId,
        SiteKind.Fleet => "/shipments/" + assetId,
        _ => "/animals/" + assetId,
    };

    public static string Facility(string facilityId) => "/facilities/" + facilityId;

    public static string Device(string deviceId) => "/devices/" + deviceId;

    public static string Entry(string siteId, long position) => $"/sites/{siteId}/entries/{position}";

    /// <summary>The present address with some of the query replaced; null takes a name away, and the page number always goes.</summary>
    public static string With(HttpRequest request, params (string Name, string? Value)[] changes)
    {
        var kept = request.Query
            .Where(pair => pair.Key is not (Page or "culture") && Array.TrueForAll(changes, change => change.Name != pair.Key))
            .SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
        var changed = changes.Where(change => !string.IsNullOrEmpty(change.Value)).Select(change => KeyValuePair.Create(change.Name, change.Value));
        return request.Path + QueryString.Create(kept.Concat(changed));
    }
}
