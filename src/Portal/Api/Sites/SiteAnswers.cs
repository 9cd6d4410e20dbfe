using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;
using Earmark.Storage.Book;

namespace Earmark.Portal.Api.Sites;

/// <param name="Kind">ranch, warehouse or fleet.</param>
/// <param name="Zones">Pens, warehouse zones or routes.</param>
public sealed record SiteLine(string SiteId, SiteKind Kind, string DisplayName, string[] Zones, double? Latitude, double? Longitude)
{
    public static SiteLine Of(SiteRow row) => new(
        row.SiteId, (SiteKind)row.Kind, row.DisplayName, row.Zones.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Latitude, row.Longitude);
}

/// <param name="Epoch">With position: where in the site's journal these figures stand.</param>
/// <param name="UnobservedSince">No station of the site has been heard since then; null while it is observed.</param>
/// <param name="Counts">Tallies by kebab-case name.</param>
/// <param name="ChainHead">Head of the journal's hash chain, hex.</param>
/// <param name="StateHash">Hash of the state folded from the journal up to the position, hex.</param>
public sealed record SiteAnswer(
    string SiteId,
    SiteKind Kind,
    string DisplayName,
    long Epoch,
    long Position,
    DateTimeOffset AsOf,
    DateTimeOffset? LastFrameAt,
    DateTimeOffset? UnobservedSince,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyList<ZoneAnswer> Zones,
    IReadOnlyList<StationAnswer> Stations,
    string ChainHead,
    string StateHash)
{
    public static SiteAnswer Of(SiteRow row, SiteSummary summary) => new(
        row.SiteId,
        summary.Kind,
        row.DisplayName,
        summary.Epoch,
        summary.Position,
        summary.AsOf,
        summary.LastFrameAt,
        summary.UnobservedSince,
        summary.Counts,
        [.. summary.Zones.Select(zone => new ZoneAnswer(zone.Zone, zone.Assets, zone.Heard, zone.Missing, Amounts.Kilograms(zone.QuantityGrams)))],
        [.. summary.Stations.Select(StationAnswer.Of)],
        Convert.ToHexStringLower(summary.ChainHead),
        Convert.ToHexStringLower(summary.StateHash));
}

public sealed record ZoneAnswer(string Zone, int Assets, int Heard, int Missing, decimal QuantityKilograms);

/// <param name="Frames">Frames recorded since the site began; duplicates and marked ones are counted apart.</param>
public sealed record StationAnswer(
    string DeviceId, string Kind, string Zone, DateTimeOffset? LastHeardAt, bool Silent, long Frames, long Duplicates, long Marked)
{
    public static StationAnswer Of(StationSummary station) => new(
        station.DeviceId, station.Kind, station.Zone, station.LastHeardAt, station.Silent, station.Frames, station.Duplicates, station.Marked);
}

public sealed record SiteList(IReadOnlyList<SiteLine> Sites);
