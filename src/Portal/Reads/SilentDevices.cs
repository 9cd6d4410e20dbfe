using Earmark.Contracts.Sites;
using Earmark.Storage.Book;

namespace Earmark.Portal.Reads;

/// <summary>Stations their sites call silent. Ear tags are judged as animals, on the ranch's page.</summary>
public sealed class SilentDevices(SiteGlances glances)
{
    /// <summary>Longest silent first; of the first <see cref="PortalLimits.SitesPerPage"/> sites.</summary>
    public async Task<IReadOnlyList<(SiteRow Site, StationSummary Station)>> OfAsync(IEnumerable<SiteRow> sites, string? kind, CancellationToken cancel) =>
        [.. Of(await glances.OfAsync(sites, cancel)).Where(silent => kind is null || silent.Station.Kind == kind)];

    public static IEnumerable<(SiteRow Site, StationSummary Station)> Of(IReadOnlyList<(SiteRow Site, SiteSummary? Summary)> glances) =>
        glances.SelectMany(glance => (glance.Summary?.Stations ?? []).Where(station => station.Silent).Select(station => (glance.Site, station)))
            .OrderBy(silent => silent.station.LastHeardAt ?? DateTimeOffset.MinValue);
}
