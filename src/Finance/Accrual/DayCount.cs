namespace Earmark.Finance;

/// <summary>How days become a share of a year. The first day of a stretch bears interest, its last does not: [from, to).</summary>
public enum DayCount
{
    /// <summary>Months of 30 days, years of 360. A schedule by months counts whole periods; in between see <see cref="YearFractions"/>.</summary>
    Thirty360,

    Actual360,

    /// <summary>52 weeks; for schedules by weeks.</summary>
    Actual364,

    Actual365,

    /// <summary>Each day by the length of its year. The night of 31 December belongs to the new year, as in Apache Fineract's progressive schedules.</summary>
    ActualActual,

    /// <summary>The rate is one of a period: an annual rate bears a twelfth a month, a fifty-second a week, however long the month is.</summary>
    Nominal,
}

public static class DayCounts
{
    private const int DaysOfLeapYear = 366;
    private const int DaysOfYear = 365;

    /// <summary>Days that bear interest from one date up to, not including, another. Additive: any way to cut the period gives the same sum.</summary>
    public static int Days(this DayCount dayCount, DateOnly from, DateOnly to) => dayCount switch
    {
        DayCount.Thirty360 => ThirtyDayNumber(to) - ThirtyDayNumber(from),
        _ => to.DayNumber - from.DayNumber,
    };

    /// <summary>The fixed divisor of a day count. Throws for <see cref="DayCount.ActualActual"/> and <see cref="DayCount.Nominal"/>, which have none.</summary>
    public static int DaysPerYear(this DayCount dayCount) => dayCount switch
    {
        DayCount.Thirty360 or DayCount.Actual360 => 360,
        DayCount.Actual364 => 364,
        DayCount.Actual365 => 365,
        _ => throw new ArgumentOutOfRangeException(nameof(dayCount)),
    };

    /// <summary>Days of [from, to) by the length of the year they belong to: 31 December counts to the year that begins after it.</summary>
    internal static (int Common, int Leap) DaysByYear(DateOnly from, DateOnly to)
    {
        var (common, leap) = (0, 0);
        while (from < to)
        {
            var year = from is { Month: 12, Day: 31 } ? from.Year + 1 : from.Year;
            var end = year >= DateOnly.MaxValue.Year ? to : new DateOnly(year, 12, 31);
            end = end < to ? end : to;
            var days = end.DayNumber - from.DayNumber;
            (common, leap) = DateTime.IsLeapYear(year) ? (common, leap + days) : (common + days, leap);
            from = end;
        }

        return (common, leap);
    }

    /// <summary>Their share of a year.</summary>
    internal static decimal Years((int Common, int Leap) days) => ((decimal)days.Common / DaysOfYear) + ((decimal)days.Leap / DaysOfLeapYear);

    private static int ThirtyDayNumber(DateOnly day) => (day.Year * 360) + (day.Month * 30) + Math.Min(day.Day, 30);
}
