namespace Earmark.Finance;

/// <summary>Interest run up in the running period, by the same shares of a year as its row will have.</summary>
internal static class Accrued
{
    /// <summary>Nothing before the first drawing and from the last due day on: what is overdue then bears the penalty rate.</summary>
    public static Money Through(DateOnly day, ScheduleTerms terms, IReadOnlyList<EarlyRepayment> early, IReadOnlyList<Instalment> rows)
    {
        var cutter = new PeriodCutter(terms, early);
        if (day < cutter.Start || day >= rows[^1].DueOn)
        {
            return Money.Zero;
        }

        var (from, index) = (cutter.Start, 0);
        while (terms.Method != RepaymentMethod.Bullet && rows[index].DueOn <= day)
        {
            from = rows[index++].DueOn;
        }

        var isFlat = terms.Method == RepaymentMethod.Flat;
        var exact = 0m;
        foreach (var drawing in terms.Drawings.Where(drawing => drawing.On < day && (index == 0 || isFlat || drawing.On > from)))
        {
            exact += drawing.Amount.Fen * cutter.InterestFactor(drawing.On > from ? drawing.On : from, day);
        }

        if (!isFlat)
        {
            exact += index == 0 ? 0 : rows[index - 1].BalanceAfter.Fen * cutter.InterestFactor(from, day);
            exact -= early.Where(repayment => repayment.On > from && repayment.On < day).Sum(repayment => repayment.Principal.Fen * cutter.InterestFactor(repayment.On, day));
        }

        var paid = early.Where(repayment => repayment.On > from && repayment.On <= day).Sum(repayment => repayment.Interest.Fen);
        return new Money(Math.Max(new Amount(terms).Round(exact) - paid, 0));
    }
}
