using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Api.Sites;
using Earmark.Portal.Identity;
using Earmark.Portal.Layout;
using Earmark.Portal.Reads;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Earmark.Portal.Live;

/// <summary>
/// <c>assets:SITE?zone=…&amp;state=…&amp;facility=…&amp;search=…&amp;sort=…&amp;descending=…&amp;offset=…&amp;count=…</c>: the page of assets that
/// a list shows, by the query string it was made with. Rows come by asset id, so a page whose order trembles stays still.
/// </summary>
internal sealed class AssetsSource(SiteReads sites, IRegister register) : ILiveSource
{
    private static readonly string[] Columns =
        ["state", "zone", "last-heard", "quantity", "eligible", "freshness", "health", "confidence", "temperature", "motionless", "excluded-because"];

    public string Name => "assets";

    public async Task<string?> ResolveAsync(Viewer viewer, string argument, CancellationToken cancel)
    {
        var (siteId, filter, paging) = Read(argument);
        return filter.Check() is null && paging.Check() is null && await sites.FindAsync(viewer, siteId, cancel) is not null ? argument : null;
    }

    public async Task<LiveTable> ReadAsync(string key, CancellationToken cancel)
    {
        var (siteId, filter, paging) = Read(key);
        if (await register.SiteAsync(siteId, cancel) is not { } site)
        {
            return new LiveTable(Columns, []);
        }

        var page = await sites.AssetsAsync(site, filter.ToQuery(paging), cancel);
        return new LiveTable(Columns, [.. page.Lines.OrderBy(line => line.AssetId, StringComparer.Ordinal).Select(RowOf)]);
    }

    private static LiveRow RowOf(AssetLine line) => new(line.AssetId,
    [
        line.State,
        line.Zone,
        line.LastHeardAt?.ToUnixTimeMilliseconds(),
        Show.Kilograms(line.QuantityGrams),
        Show.Kilograms(line.EligibleGrams),
        Show.Percent(line.FreshnessPpm),
        Show.Percent(line.HealthPpm),
        Show.Percent(line.ConfidencePpm),
        Show.Celsius(line.TemperatureCentidegrees),
        line.MotionlessMinutes,
        line.ExcludedBecause,
    ]);

    private static (string SiteId, AssetFilter Filter, Paging Paging) Read(string argument)
    {
        var mark = argument.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? [] : QueryHelpers.ParseQuery(argument[mark..]);
        var filter = new AssetFilter(
            Text(query, "zone"), Text(query, "state"), Text(query, "facility"), Text(query, "search"), Text(query, "sort"), Text(query, "descending") == "true");
        return (mark < 0 ? argument : argument[..mark], filter, new Paging(Number(query, "offset"), Number(query, "count")));
    }

    private static string? Text(Dictionary<string, StringValues> query, string name) =>
        query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } text ? text : null;

    // What is no number is out of range, so the topic is refused rather than read as another page.
    private static int? Number(Dictionary<string, StringValues> query, string name) =>
        Text(query, name) is not { } text ? null : int.TryParse(text, out var number) ? number : -1;
}
