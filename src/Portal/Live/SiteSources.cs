using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Portal.Layout;
using Earmark.Portal.Reads;
using Earmark.Storage.Book;

namespace Earmark.Portal.Live;

/// <summary>Topics of one site, read from its grain: whoever may see the site may listen.</summary>
internal abstract class SiteTopic(SiteReads sites, IRegister register)
{
    public async Task<string?> ResolveAsync(Viewer viewer, string argument, CancellationToken cancel) =>
        (await sites.FindAsync(viewer, argument, cancel))?.SiteId;

    public async Task<LiveTable> ReadAsync(string key, CancellationToken cancel) =>
        await register.SiteAsync(key, cancel) is { } site ? TableOf(await sites.SummaryAsync(site, cancel)) : new LiveTable(["gone"], []);

    protected abstract LiveTable TableOf(SiteSummary summary);
}

/// <summary><c>counts:SITE</c>: one row a tally (<c>animals, missing, dead-presumed</c> …), column <c>count</c>.</summary>
internal sealed class CountsSource(SiteReads sites, IRegister register) : SiteTopic(sites, register), ILiveSource
{
    private static readonly string[] Columns = ["count"];

    public string Name => "counts";

    protected override LiveTable TableOf(SiteSummary summary) => new(
        Columns,
        [.. summary.Counts.OrderBy(tally => tally.Key, StringComparer.Ordinal).Select(tally => new LiveRow(tally.Key, [SiteFigures.Text(tally.Key, tally.Value)]))]);
}

/// <summary><c>zones:SITE</c>: one row a pen or zone.</summary>
internal sealed class ZonesSource(SiteReads sites, IRegister register) : SiteTopic(sites, register), ILiveSource
{
    private static readonly string[] Columns = ["assets", "heard", "missing", "quantity"];

    public string Name => "zones";

    protected override LiveTable TableOf(SiteSummary summary) => new(Columns, [.. summary.Zones.Select(zone => new LiveRow(
        zone.Zone, [Show.Count(zone.Assets), Show.Count(zone.Heard), Show.Count(zone.Missing), Show.Kilograms(zone.QuantityGrams)]))]);
}

/// <summary><c>stations:SITE</c>: one row a device the site hears directly. <c>last-heard</c> is for <c>data-age</c>, <c>connection</c> a code.</summary>
internal sealed class StationsSource(SiteReads sites, IRegister register) : SiteTopic(sites, register), ILiveSource
{
    private static readonly string[] Columns = ["last-heard", "connection", "frames", "duplicates", "marked"];

    public string Name => "stations";

    protected override LiveTable TableOf(SiteSummary summary) => new(Columns, [.. summary.Stations.Select(station => new LiveRow(
        station.DeviceId,
        [
            station.LastHeardAt?.ToUnixTimeMilliseconds(),
            station.LastHeardAt is null ? "unknown" : station.Silent ? "silent" : "online",
            Show.Count(station.Frames),
            Show.Count(station.Duplicates),
            Show.Count(station.Marked),
        ]))]);
}
