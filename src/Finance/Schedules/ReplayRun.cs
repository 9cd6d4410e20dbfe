namespace Earmark.Finance;

/// <summary>The loan while its payments are played: the plan so far, and what was paid of each row that fell due.</summary>
internal sealed class ReplayRun
{
    private readonly ScheduleTerms terms;
    private readonly EarlyEffect effect;
    private readonly IReadOnlyList<OwedPart> order;
    private readonly List<EarlyRepayment> early = [];
    private readonly List<RowStanding> due = [];
    private IReadOnlyList<Instalment> rows;
    private Money unapplied;

    public ReplayRun(ScheduleTerms terms, EarlyEffect effect, IReadOnlyList<OwedPart> order)
    {
        (this.terms, this.effect, this.order) = (terms, effect, order);
        rows = Schedules.Compute(terms).Instalments;
    }

    public void Pay(Payment payment)
    {
        FallDue(payment.On);
        var left = payment.Amount;
        foreach (var row in due)
        {
            left = left.IsZero ? left : row.Take(left, payment.On, order);
        }

        if (left.IsPositive)
        {
            PayEarly(payment.On, left);
        }
    }

    public Replayed Result(DateOnly? asOf)
    {
        if (asOf is { } day)
        {
            FallDue(day);
        }

        var shown = rows
            .Select((row, index) => index < due.Count && asOf is { } until ? due[index].Shown(until) : row)
            .Where(row => early.Count == 0 || row.Total.IsPositive);
        var advance = early.Select(repayment => new Instalment(0, repayment.On, repayment.Principal, repayment.Interest, BalanceAt(repayment.On)));
        var all = shown.Concat(advance).OrderBy(row => row.DueOn).Select((row, index) => row with { Number = index + 1 });
        return new Replayed([.. all], asOf is { } at ? OwedAt(at) : null, unapplied);
    }

    // Rows up to a day are the same in every later plan, so what was paid of them stays with them.
    private void FallDue(DateOnly day)
    {
        while (due.Count < rows.Count && rows[due.Count].DueOn <= day)
        {
            due.Add(new RowStanding(rows[due.Count], terms));
        }
    }

    private void PayEarly(DateOnly day, Money left)
    {
        var interest = Money.Min(left, Accrued.Through(day, terms, early, rows));
        var isRunning = day >= terms.Drawings.Min(drawing => drawing.On) && due.Count < rows.Count;
        var principal = isRunning ? Money.Min(left - interest, BalanceAt(day)) : Money.Zero;
        unapplied += left - interest - principal;
        if (principal.IsZero && interest.IsZero)
        {
            return;
        }

        early.Add(new EarlyRepayment(day, principal, interest, effect == EarlyEffect.ShorterTerm));
        var computed = Schedules.Compute(terms, early).Instalments;
        var last = computed.Count - 1;
        while (last > 0 && last >= due.Count && computed[last] is { Principal.IsZero: true, Interest.IsZero: true })
        {
            last--;
        }

        rows = [.. computed.Take(last + 1)];
    }

    /// <summary>Principal that bears interest by the plan: drawn, less what fell due and what came early.</summary>
    private Money BalanceAt(DateOnly day) =>
        Money.Sum(terms.Drawings.Where(drawing => drawing.On <= day).Select(drawing => drawing.Amount))
        - Money.Sum(rows.Where(row => row.DueOn <= day).Select(row => row.Principal))
        - Money.Sum(early.Where(repayment => repayment.On <= day).Select(repayment => repayment.Principal));

    private LoanOwed OwedAt(DateOnly day)
    {
        var unpaid = due.Select(row => (row.DueOn, Owed: row.Unpaid(day))).ToArray();
        var total = unpaid.Aggregate(default(Owed), (sum, row) => new Owed(
            sum.Penalty + row.Owed.Penalty, sum.Fee + row.Owed.Fee, sum.Interest + row.Owed.Interest, sum.Principal + row.Owed.Principal));
        var behind = due.Count == 0 ? Money.Zero : rows[due.Count - 1].InterestBehind;
        var oldest = unpaid.FirstOrDefault(row => (row.Owed.Total - row.Owed.Penalty).IsPositive).DueOn;
        return new LoanOwed(
            day,
            BalanceAt(day) + total.Principal,
            total.Interest + behind + Accrued.Through(day, terms, early, rows),
            total.Fee,
            total.Penalty,
            total,
            oldest == default ? 0 : day.DayNumber - oldest.DayNumber);
    }
}
