using Earmark.DeviceSim.World;

namespace Earmark.DeviceSim.Hardware;

/// <summary>A device's own clock: it runs up to 2 s a day too fast or too slow and is set right once a day.</summary>
public sealed class DeviceClock
{
    private readonly DateTimeOffset _firstSet;

    public DeviceClock(RandomStream draws, DateTimeOffset startedAt)
    {
        DriftSecondsPerDay = draws.Between(-WorldDefaults.ClockDriftSecondsPerDay, WorldDefaults.ClockDriftSecondsPerDay, Draw.ClockDrift);
        _firstSet = startedAt - WorldDefaults.ClockResync * draws.Uniform(Draw.PhaseOffset);
    }

    public double DriftSecondsPerDay { get; }

    /// <summary>A wrong setting that lasts (a scenario's act), on top of the drift.</summary>
    public TimeSpan Shift { get; set; }

    public DateTimeOffset Read(DateTimeOffset at)
    {
        double days = (at - _firstSet) / WorldDefaults.ClockResync;
        double sinceSet = (days - Math.Floor(days)) * WorldDefaults.ClockResync.TotalDays;
        return at + Shift + TimeSpan.FromMilliseconds(Math.Round(1000 * DriftSecondsPerDay * sinceSet));
    }
}
