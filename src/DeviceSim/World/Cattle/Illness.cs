namespace Earmark.DeviceSim.World.Cattle;

/// <summary>One bout of illness: it rises over half a day, stays, and falls over the last day.</summary>
/// <param name="Severity">0 to 1.</param>
public sealed record Illness(DateTimeOffset From, DateTimeOffset Until, double Severity)
{
    private const double OnsetSeconds = 12 * 3600;
    private const double RecoverySeconds = 24 * 3600;

    public double SeverityAt(long unixSeconds)
    {
        long from = From.ToUnixTimeSeconds();
        long until = Until.ToUnixTimeSeconds();
        if (unixSeconds < from || unixSeconds >= until)
        {
            return 0;
        }

        double onset = Math.Min(1, (unixSeconds - from) / OnsetSeconds);
        double recovery = Math.Min(1, (until - unixSeconds) / RecoverySeconds);
        return Severity * Math.Min(onset, recovery);
    }
}
