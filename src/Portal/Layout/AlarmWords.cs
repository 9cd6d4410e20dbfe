using Earmark.Storage.Book;

namespace Earmark.Portal.Layout;

/// <summary>How alarms are named and where they lead.</summary>
public static class AlarmWords
{
    private const string UnmatchedWeighing = "unmatched-weighing";

    // Causes whose subject is a device, and those whose subject is the site itself; of all others it is an asset.
    private static readonly string[] OfDevices = ["station-silent", "tampered", "clock-wrong"];
    private static readonly string[] OfSites = ["site-unobserved", "entry-quarantined"];

    /// <summary>The code of the cause; numbered causes share one.</summary>
    public static string CauseOf(AlarmRow alarm) =>
        alarm.Cause.StartsWith(UnmatchedWeighing, StringComparison.Ordinal) ? UnmatchedWeighing : alarm.Cause;

    public static string AddressOf(AlarmRow alarm, IReadOnlyDictionary<string, SiteRow> sites) =>
        OfSites.Contains(alarm.Cause) && sites.TryGetValue(alarm.SiteId, out var site) ? Links.Site(site.Kind, site.SiteId)
        : OfDevices.Contains(alarm.Cause) || CauseOf(alarm) == UnmatchedWeighing ? Links.Device(alarm.Subject)
        : Links.Asset(alarm.Subject);
}
