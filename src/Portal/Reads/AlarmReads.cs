using Earmark.Portal.Identity;
using Earmark.Storage.Book;

namespace Earmark.Portal.Reads;

/// <summary>Alarms of the sites a viewer may see, the newest first.</summary>
public sealed class AlarmReads(IAlarms alarms)
{
    public async Task<IReadOnlyList<AlarmRow>> PageAsync(
        Viewer viewer, string? siteId, bool openOnly, int offset, int count, CancellationToken cancel)
    {
        if (viewer.IsBank)
        {
            return await alarms.AlarmsAsync(viewer.InstitutionId, siteId, openOnly, offset, count, cancel);
        }

        var found = new List<AlarmRow>();
        foreach (var site in viewer.SiteIds.Where(id => siteId is null || id == siteId))
        {
            found.AddRange(await alarms.AlarmsAsync(viewer.InstitutionId, site, openOnly, 0, offset + count, cancel));
        }

        return found.OrderByDescending(alarm => alarm.RaisedAt).Skip(offset).Take(count).ToArray();
    }

    /// <summary>Null when there is none or it is not the viewer's to see.</summary>
    public async Task<AlarmRow?> FindAsync(Viewer viewer, string alarmId, CancellationToken cancel) =>
        await alarms.AlarmAsync(viewer.InstitutionId, alarmId, cancel) is { } row && viewer.MaySeeSite(row.InstitutionId, row.SiteId)
            ? row
            : null;

    /// <summary>How many are open, for the head of a page.</summary>
    public async Task<long> CountOpenAsync(Viewer viewer, CancellationToken cancel) => viewer.IsBank
        ? await alarms.CountOpenAsync(viewer.InstitutionId, cancel)
        : (await PageAsync(viewer, null, openOnly: true, 0, PortalLimits.ListMaximum, cancel)).Count;
}
