using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;

namespace Earmark.Portal.Reads;

/// <summary>What needs somebody today.</summary>
/// <param name="Alarms">The newest open ones.</param>
/// <param name="Glances">At most <see cref="PortalLimits.SitesPerPage"/> of the viewer's sites; a null summary is one that does not answer.</param>
public sealed record TodaysNeeds(
    IReadOnlyList<FacilityView> Facilities,
    IReadOnlyList<AlarmRow> Alarms,
    long OpenAlarms,
    IReadOnlyList<(SiteRow Site, SiteSummary? Summary)> Glances)
{
    public IReadOnlyList<FacilityView> Called => [.. Facilities.Where(view => view.MarginCall is not null)];

    /// <summary>Facilities whose value may not be relied on: stale, unobserved or not yet known.</summary>
    public IReadOnlyList<FacilityView> Uncertain => [.. Facilities.Where(view => view.State != "current")];

    public IReadOnlyList<SiteRow> SilentSites => [.. Glances.Where(glance => glance.Summary is null or { UnobservedSince: not null }).Select(glance => glance.Site)];

    public int SilentStations => SilentDevices.Of(Glances).Count();

    public bool NeedsNobody => Called.Count == 0 && Uncertain.Count == 0 && OpenAlarms == 0 && SilentSites.Count == 0 && SilentStations == 0;
}

public sealed class TodayReads(FacilityReads facilities, AlarmReads alarms, SiteReads sites, SiteGlances glances)
{
    public async Task<TodaysNeeds> OfAsync(Viewer viewer, CancellationToken cancel)
    {
        var seen = facilities.AllAsync(viewer, cancel);
        var looked = glances.OfAsync(await sites.AllAsync(viewer, cancel), cancel);
        var open = await alarms.PageAsync(viewer, null, openOnly: true, 0, PortalLimits.AlarmsToday, cancel);
        return new TodaysNeeds(await seen, open, await alarms.CountOpenAsync(viewer, cancel), await looked);
    }
}
