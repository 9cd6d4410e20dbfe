using System.Globalization;
using Earmark.Contracts.Sites;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Earmark.Portal.Reads;

/// <summary>A page's query string as a question to a site, and the topic of live rows that follows that page.</summary>
public static class AssetLists
{
    /// <summary>Longest unseen first: the one order that needs no thinking.</summary>
    public const string DefaultSort = "last-heard";

    public static readonly string[] Sorts = [DefaultSort, "asset", "zone", "state", "quantity", "eligible", "temperature", "motionless"];

    private const int PageMaximum = 100_000;

    public static int Page(IEnumerable<KeyValuePair<string, StringValues>> query) =>
        int.TryParse(One(query, "page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, PageMaximum) : 1;

    public static AssetQuery Read(IEnumerable<KeyValuePair<string, StringValues>> asked, string defaultSort = DefaultSort)
    {
        var query = asked.ToArray();
        var sort = One(query, "sort");
        return new AssetQuery(
            One(query, "zone"),
            One(query, "state"),
            One(query, "facility"),
            One(query, "q")?.Trim().ToLowerInvariant(),
            sort is not null && Sorts.Contains(sort) ? sort : defaultSort,
            One(query, "desc") == "1",
            (Page(query) - 1) * PortalLimits.PageSize,
            PortalLimits.PageSize);
    }

    public static string Topic(string siteId, AssetQuery query) => "assets:" + QueryHelpers.AddQueryString(siteId, new Dictionary<string, string?>
    {
        ["zone"] = query.Zone,
        ["state"] = query.State,
        ["facility"] = query.FacilityId,
        ["search"] = query.Search,
        ["sort"] = query.Sort,
        ["descending"] = query.Descending ? "true" : null,
        ["offset"] = query.Offset.ToString(CultureInfo.InvariantCulture),
    }.Where(pair => pair.Value is not null));

    private static string? One(IEnumerable<KeyValuePair<string, StringValues>> query, string name)
    {
        var value = query.FirstOrDefault(pair => pair.Key == name).Value.ToString();
        return value.Length is 0 or > PortalLimits.SearchCharacters ? null : value;
    }
}
