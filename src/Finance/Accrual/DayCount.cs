namespace Earmark.Finance;

public enum DayCount
{
    /// <summary>30E/360: every month has 30 days; the 31st counts as the 30th.</summary>
    Thirty360,

    Actual360,

    Actual365,
}

public static class DayCounts
{
    /// <summary>Days that bear interest from one date up to, not including, another. Additive: any way to cut the period gives the same sum.</summary>
    public static int Days(this DayCount dayCount, DateOnly from, DateOnly to) => dayCount switch
    {
        DayCount.Thirty360 => ThirtyDayNumber(to) - ThirtyDayNumber(from),
        _ => to.DayNumber - from.DayNumber,
    };

    public static int DaysPerYear(this DayCount dayCount) => dayCount switch
    {
        DayCount.Thirty360 or DayCount.Actual360 => 360,
        DayCount.Actual365 => 365,
        _ => throw new ArgumentOutOfRangeException(nameof(dayCount)),
    };

    private static int ThirtyDayNumber(DateOnly day) => (day.Year * 360) + (day.Month * 30) + Math.Min(day.Day, 30);
}
