namespace Earmark.Finance;

/// <summary>
/// Due days a whole number of months apart. The seed day is the day of month that was agreed: with 31 an instalment falls on 31 January,
/// 28 (29) February and again 31 March. Counted from the first date each time, so a short month never pulls the later ones forward.
/// </summary>
public static class DueDays
{
    public const int LastSeedDay = 31;

    public static DateOnly Nth(DateOnly firstDueOn, int seedDay, int monthsLater)
    {
        if (monthsLater == 0)
        {
            return firstDueOn;
        }

        var month = new DateOnly(firstDueOn.Year, firstDueOn.Month, 1).AddMonths(monthsLater);
        var day = Math.Min(seedDay, DateTime.DaysInMonth(month.Year, month.Month));
        return new DateOnly(month.Year, month.Month, day);
    }
}
