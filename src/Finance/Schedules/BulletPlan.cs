namespace Earmark.Finance;

/// <summary>利随本清: one row on the last due day. Simple interest over the whole term, rounded once.</summary>
internal sealed class BulletPlan(ScheduleTerms terms, IReadOnlyList<EarlyRepayment> early)
{
    public List<Instalment> Rows()
    {
        var cutter = new PeriodCutter(terms, early);
        var (balance, exact, paid) = (0L, 0m, 0L);
        var count = terms.Instalments!.Value;
        for (var index = 0; index < count; index++)
        {
            var period = cutter.Cut(index);
            balance += period.Opening;
            exact += balance * period.Factor.Value;
            foreach (var (fen, factor) in period.Within)
            {
                exact += fen * factor;
                balance += fen;
            }
        }

        foreach (var repayment in early)
        {
            paid += repayment.Interest.Fen;
        }

        var interest = Math.Max(new Amount(terms).Round(exact) - paid, 0);
        return [new Instalment(1, cutter.DueOn(count - 1), new Money(balance), new Money(interest), Money.Zero)];
    }
}
