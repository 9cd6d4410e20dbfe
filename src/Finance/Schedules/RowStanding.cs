namespace Earmark.Finance;

/// <summary>
/// One row of dues and what was paid of it. From its due day on, its unpaid principal (罚息) and interest (复利) bear the penalty rate for actual days,
/// ÷ 360 where the loan's own day count has no days. Paid within the days of grace it bears none; later it runs from the due day.
/// </summary>
internal sealed class RowStanding(Instalment row, ScheduleTerms terms)
{
    private Owed paid;
    private decimal penalty;
    private DateOnly through = row.DueOn;

    public DateOnly DueOn => row.DueOn;

    public Money PaidPrincipal => paid.Principal;

    public Owed Unpaid(DateOnly day)
    {
        AdvanceTo(day);
        return new Owed(Charged(day) - paid.Penalty, row.Fees - paid.Fee, row.Interest - paid.Interest, row.Principal - paid.Principal);
    }

    /// <summary>Takes what it needs of a payment and gives back the rest.</summary>
    public Money Take(Money payment, DateOnly day, IReadOnlyList<OwedPart> order)
    {
        var allocation = Allocation.Of(payment, Unpaid(day), order);
        var taken = allocation.Paid;
        paid = new Owed(paid.Penalty + taken.Penalty, paid.Fee + taken.Fee, paid.Interest + taken.Interest, paid.Principal + taken.Principal);
        if (IsInGrace(day) && Bearing == 0)
        {
            penalty = 0;
        }

        return allocation.Unapplied;
    }

    /// <summary>The row with its penalty up to a day.</summary>
    public Instalment Shown(DateOnly day)
    {
        AdvanceTo(day);
        return row with { Penalty = Charged(day) };
    }

    private long Bearing => (row.Principal - paid.Principal + row.Interest - paid.Interest).Fen;

    private bool IsInGrace(DateOnly day) => day.DayNumber - row.DueOn.DayNumber <= terms.GraceDays;

    private Money Charged(DateOnly day) => IsInGrace(day) ? Money.Zero : new Money(new Amount(terms).Round(penalty));

    private void AdvanceTo(DateOnly day)
    {
        if (day > through)
        {
            penalty += Bearing * terms.PenaltyRate * Years(through, day);
            through = day;
        }
    }

    private decimal Years(DateOnly from, DateOnly to) => terms.DayCount switch
    {
        DayCount.ActualActual => DayCounts.Years(DayCounts.DaysByYear(from, to)),
        DayCount.Thirty360 or DayCount.Nominal => (to.DayNumber - from.DayNumber) / 360m,
        _ => (decimal)(to.DayNumber - from.DayNumber) / terms.DayCount.DaysPerYear(),
    };
}
