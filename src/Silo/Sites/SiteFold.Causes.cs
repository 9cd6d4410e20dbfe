using System.Globalization;
using Earmark.Contracts.Alarms;

namespace Earmark.Silo.Sites;

internal abstract partial class SiteFold
{
    protected const int Notice = 1;
    protected const int Warning = 2;
    protected const int Critical = 3;

    /// <summary>What stands at the site and somebody should know, in a fixed order. Silence is counted from the end of our own downtime at the earliest.</summary>
    public IEnumerable<StandingCause> Causes()
    {
        foreach (var mark in Core.Quarantined)
        {
            yield return new StandingCause(
                SiteId,
                "entry-quarantined",
                Critical,
                DateTimeOffset.UnixEpoch,
                string.Create(CultureInfo.InvariantCulture, $"entry {mark.Position}: {mark.Because}"));
        }

        var unobserved = Core.UnobservedSince(Core.Now) is not null && Quiet(Core.LastStationHeard) >= Core.Policy.UnobservedSeconds;
        if (unobserved)
        {
            yield return new StandingCause(SiteId, "site-unobserved", Critical, Seconds.At(Core.LastStationHeard), "no station of the site is heard");
        }

        foreach (var device in Core.Devices)
        {
            if (device.Bound && !unobserved && Quiet(Math.Max(device.LastHeard, device.BoundAt)) >= device.SilentAfterSeconds(Core.Policy))
            {
                yield return new StandingCause(
                    device.Id, "station-silent", Warning, Seconds.At(Math.Max(device.LastHeard, device.BoundAt)), Core.Zones[device.Zone]);
            }

            if (device.ClockWrong)
            {
                yield return new StandingCause(device.Id, "clock-wrong", Warning, Seconds.At(device.LastHeard), "its frames' times are not believed");
            }

            if (device.Tampered)
            {
                yield return new StandingCause(device.Id, "tampered", Critical, Seconds.At(device.LastHeard), "its housing was opened");
            }
        }

        foreach (var cause in OwnCauses())
        {
            yield return cause;
        }
    }

    protected abstract IEnumerable<StandingCause> OwnCauses();

    private long Quiet(uint since) => (long)Core.Now - Math.Max(since, Core.UpSince);
}
