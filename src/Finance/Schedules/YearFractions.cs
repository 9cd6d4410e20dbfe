namespace Earmark.Finance;

/// <summary>
/// What share of a year a stretch of a schedule bears.
/// actual/360, /364, /365: days ÷ divisor. actual/actual: each day by its year (<see cref="DayCounts"/>).
/// 30/360 and nominal by periods: a whole period between two due days bears its months ÷ 12 (nominal: also weeks ÷ 52, days ÷ 365), and a part of it
/// that much times its days ÷ the period's days. A first stretch longer than a period reaches back over whole periods before the first due day.
/// 30/360 by weeks or days: days ÷ 360; of a seasonal plan: 30E/360 between its days.
/// Source: Apache Fineract, ProgressiveEMICalculator (rate factor of a part of a period); examples in ProgressivePublicExampleTests.
/// </summary>
internal sealed class YearFractions(ScheduleTerms terms)
{
    private readonly bool isByPeriods = terms.Method != RepaymentMethod.Seasonal
        && (terms.DayCount == DayCount.Nominal || (terms.DayCount == DayCount.Thirty360 && terms.Every.Unit == PeriodUnit.Month));

    // From the third due day on both ends are seed days: a whole period.
    private const int FirstWhole = 2;

    private readonly decimal whole = terms.Every.Years;
    private readonly Dictionary<(int, int), decimal> known = [];

    /// <param name="index">Of the period whose ends the days are; 0 for any other stretch.</param>
    public decimal Between(DateOnly from, DateOnly to, int index)
    {
        if (isByPeriods)
        {
            return index >= FirstWhole ? whole : ByPeriods(from, to);
        }

        var days = terms.DayCount switch
        {
            DayCount.ActualActual => DayCounts.DaysByYear(from, to),
            DayCount.Thirty360 when terms.Method != RepaymentMethod.Seasonal => (to.DayNumber - from.DayNumber, 0),
            _ => (terms.DayCount.Days(from, to), 0),
        };
        if (!known.TryGetValue(days, out var years))
        {
            years = terms.DayCount == DayCount.ActualActual
                ? DayCounts.Years(days)
                : (decimal)days.Item1 / terms.DayCount.DaysPerYear();
            known.Add(days, years);
        }

        return years;
    }

    private decimal ByPeriods(DateOnly from, DateOnly to)
    {
        var years = 0m;
        var cell = CellOf(from);
        while (from < to)
        {
            var (start, end) = (Boundary(cell), Boundary(cell + 1));
            var until = end < to ? end : to;
            years += from == start && until == end
                ? whole
                : whole * (until.DayNumber - from.DayNumber) / (end.DayNumber - start.DayNumber);
            from = until;
            cell++;
        }

        return years;
    }

    // The grid of due days by the seed day, also before the first one: cell 0 ends on (about) the first due day.
    private int CellOf(DateOnly day)
    {
        var cell = terms.Every.Unit == PeriodUnit.Month
            ? FloorDivide(((day.Year - terms.FirstDueOn.Year) * 12) + day.Month - terms.FirstDueOn.Month, terms.Every.Count)
            : FloorDivide(day.DayNumber - terms.FirstDueOn.DayNumber, terms.Every.Count * (terms.Every.Unit == PeriodUnit.Week ? 7 : 1));
        return Boundary(cell) > day ? cell - 1 : cell;
    }

    private DateOnly Boundary(int cell) => terms.Every.Unit == PeriodUnit.Month
        ? DueDays.Seeded(terms.FirstDueOn, terms.SeedDay, cell * terms.Every.Count)
        : DueDays.Nth(terms.FirstDueOn, terms.SeedDay, terms.Every, cell);

    private static int FloorDivide(int value, int by) => (value >= 0 ? value : value - by + 1) / by;
}
