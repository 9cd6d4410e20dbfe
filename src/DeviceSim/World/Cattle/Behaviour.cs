namespace Earmark.DeviceSim.World.Cattle;

/// <summary>The herd's day: mean movements a minute and the chance to be resting, per minute of the local day.</summary>
public static class Behaviour
{
    public const int MinutesPerDay = 1440;

    private static readonly double[] Movements = Table(MovementsAt);
    private static readonly double[] Resting = Table(RestingAt);

    public static double MovementsPerMinute(int minuteOfDay) => Movements[minuteOfDay];

    public static double RestChance(int minuteOfDay) => Resting[minuteOfDay];

    private static double MovementsAt(double hour)
    {
        double light = Light(hour);
        double basis = WorldDefaults.ActivityNightPerMinute
            + light * (WorldDefaults.ActivityDayPerMinute - WorldDefaults.ActivityNightPerMinute);
        return basis + (WorldDefaults.ActivityPeakPerMinute - basis) * Math.Max(Peak(hour, WorldDefaults.DawnHour), Peak(hour, WorldDefaults.DuskHour));
    }

    private static double RestingAt(double hour)
    {
        double rest = WorldDefaults.RestChanceNight + Light(hour) * (WorldDefaults.RestChanceDay - WorldDefaults.RestChanceNight);
        return rest * (1 - Math.Max(Peak(hour, WorldDefaults.DawnHour), Peak(hour, WorldDefaults.DuskHour)));
    }

    /// <summary>0 at night, 1 by day, with an hour of twilight on either side.</summary>
    private static double Light(double hour) => Math.Clamp(Math.Min(hour - 5.5, 19.5 - hour), 0, 1);

    private static double Peak(double hour, double at)
    {
        double x = (hour - at) / WorldDefaults.PeakWidthHours;
        return Math.Exp(-0.5 * x * x);
    }

    private static double[] Table(Func<double, double> of)
    {
        var table = new double[MinutesPerDay];
        for (int i = 0; i < MinutesPerDay; i++)
        {
            table[i] = of(i / 60.0);
        }

        return table;
    }
}
