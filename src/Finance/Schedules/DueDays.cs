namespace Earmark.Finance;

/// <summary>
/// Due days one after another. By months the seed day is the day of month that was agreed: with 31 an instalment falls on 31 January,
/// 28 (29) February and again 31 March. Counted from the first date each time, so a short month never pulls the later ones forward.
/// </summary>
public static class DueDays
{
    public const int LastSeedDay = 31;

    public static DateOnly Nth(DateOnly firstDueOn, int seedDay, int monthsLater) =>
        monthsLater == 0 ? firstDueOn : Seeded(firstDueOn, seedDay, monthsLater);

    /// <summary>The n-th due day after the first (0 is the first itself).</summary>
    public static DateOnly Nth(DateOnly firstDueOn, int seedDay, Every every, int n) => every.Unit switch
    {
        PeriodUnit.Month => Nth(firstDueOn, seedDay, every.Count * n),
        PeriodUnit.Week => firstDueOn.AddDays(7 * every.Count * n),
        PeriodUnit.Day => firstDueOn.AddDays(every.Count * n),
        _ => throw new ArgumentOutOfRangeException(nameof(every)),
    };

    /// <summary>The seed day some months from the month of a date, also backwards; a short month gives its last day.</summary>
    public static DateOnly Seeded(DateOnly month, int seedDay, int monthsLater)
    {
        var first = new DateOnly(month.Year, month.Month, 1).AddMonths(monthsLater);
        return new DateOnly(first.Year, first.Month, Math.Min(seedDay, DateTime.DaysInMonth(first.Year, first.Month)));
    }
}
