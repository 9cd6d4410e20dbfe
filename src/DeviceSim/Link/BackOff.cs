using Earmark.DeviceSim.World;

namespace Earmark.DeviceSim.Link;

/// <summary>Waits between attempts to connect: doubling up to a limit, each between half and all of it, so that devices do not come back in step.</summary>
public sealed class BackOff(LinkLimits limits, RandomStream draws)
{
    private const int MaxDoublings = 16;
    private int _attempts;
    private long _drawn;

    public void Reset() => _attempts = 0;

    public TimeSpan Next()
    {
        double full = limits.FirstBackOff.TotalMilliseconds * Math.Pow(2, Math.Min(_attempts++, MaxDoublings));
        double capped = Math.Min(full, limits.LongestBackOff.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(capped * draws.Between(0.5, 1, Draw.BackOff, _drawn++));
    }
}
