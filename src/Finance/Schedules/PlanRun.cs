namespace Earmark.Finance;

/// <summary>Walks the periods of every method but bullet: interest on the balance, principal by the method.</summary>
internal sealed class PlanRun
{
    private readonly ScheduleTerms terms;
    private readonly PeriodCutter cutter;
    private readonly Amount amount;
    private readonly Annuity annuity;
    private readonly long lastMove;
    private readonly int count;
    private readonly List<Period> periods = [];
    private long balance;
    private long drawn;
    private long part;
    private long carried;
    private long deferred;

    public PlanRun(ScheduleTerms terms, IReadOnlyList<EarlyRepayment> early)
    {
        this.terms = terms;
        cutter = new PeriodCutter(terms, early);
        amount = new Amount(terms);
        annuity = new Annuity(amount);
        count = terms.Method == RepaymentMethod.Seasonal ? terms.DueDates.Count : terms.Instalments ?? Schedules.MaximumCount;
        lastMove = terms.Drawings.Max(drawing => drawing.On.DayNumber);
        for (var index = 0; index < count && (terms.Instalments is not null || terms.Method == RepaymentMethod.Seasonal); index++)
        {
            periods.Add(cutter.Cut(index));
        }
    }

    public List<Instalment> Rows()
    {
        var rows = new List<Instalment>(periods.Count == 0 ? 16 : periods.Count);
        for (var index = 0; index < count; index++)
        {
            var period = Period(index);
            Open(period);
            var balanceBefore = balance;
            var interest = Interest(period);
            balance += period.WithinFen;
            drawn += Drawn(period);
            Turn(index, period, balanceBefore);
            var isLast = index == count - 1 || IsRepaidBy(period, interest);
            var principal = isLast ? balance : Math.Clamp(PrincipalOf(index, interest), 0, Math.Max(balance, 0));
            var due = Due(index, interest, isLast);
            balance -= principal;
            var next = index + 1 < periods.Count && !isLast ? periods[index + 1].Opening : 0;
            rows.Add(new Instalment(index + 1, period.DueOn, new Money(principal), new Money(due), new Money(balance + next)) { InterestBehind = new Money(deferred + carried) });
            if (isLast)
            {
                break;
            }
        }

        return rows;
    }

    // Without a number of instalments the periods are cut as the plan reaches them, one ahead for what is drawn on a due day.
    private Period Period(int index)
    {
        while (periods.Count <= Math.Min(index + 1, count - 1))
        {
            periods.Add(cutter.Cut(periods.Count));
        }

        return periods[index];
    }

    private void Open(Period period)
    {
        balance += period.Opening;
        drawn += Math.Max(period.Opening, 0);
    }

    private static long Drawn(Period period) => period.Within.Count == 0 ? 0 : period.Within.Sum(moved => Math.Max(moved.Fen, 0));

    private long Interest(Period period)
    {
        if (terms.Method != RepaymentMethod.Flat)
        {
            return period.Interest(amount, balance) + carried;
        }

        var exact = drawn * period.Factor.Value;
        foreach (var (fen, factor) in period.Within)
        {
            exact += Math.Max(fen, 0) * factor;
        }

        return Math.Max(amount.Round(exact) - period.PaidInterest, 0) + carried;
    }

    /// <summary>Computes the equal part where it begins and where something changed.</summary>
    private void Turn(int index, Period period, long balanceBefore)
    {
        var isTurn = period.MovesPrincipal || index == terms.PrincipalGrace || (period.ChangesRate && terms.Method == RepaymentMethod.EqualInstalment);
        if (index < terms.PrincipalGrace || !isTurn)
        {
            return;
        }

        var left = count - index;
        part = terms.Method switch
        {
            RepaymentMethod.EqualInstalment or RepaymentMethod.Balloon when terms.FixedInstalment is { } agreed => agreed.Fen,
            RepaymentMethod.EqualInstalment => annuity.Solve(balanceBefore, period, Known(index, period)),
            RepaymentMethod.EqualPrincipal or RepaymentMethod.Balloon or RepaymentMethod.Flat when terms.PrincipalPerInstalment is { } share =>
                amount.Instalment(share * drawn),
            RepaymentMethod.Flat when terms.InstalmentMultiple.IsPositive => amount.Instalment(FlatTotal(index, period) / left),
            RepaymentMethod.EqualPrincipal or RepaymentMethod.Flat => amount.Instalment((decimal)balance / left),
            _ => 0,
        };
    }

    private long PrincipalOf(int index, long interest) => index < terms.PrincipalGrace ? 0 : terms.Method switch
    {
        RepaymentMethod.InterestFirst => 0,
        RepaymentMethod.Seasonal => amount.Round(terms.DueDates[index].PrincipalShare * terms.Principal.Fen),
        RepaymentMethod.EqualInstalment => part - interest,
        RepaymentMethod.Balloon when terms.FixedInstalment is not null => part - interest,
        RepaymentMethod.Flat when terms.InstalmentMultiple.IsPositive && terms.PrincipalPerInstalment is null => part - interest,
        _ => part,
    };

    /// <summary>What of the interest is due now: above an equal instalment the rest next time, in grace none of it, with the last all.</summary>
    private long Due(int index, long interest, bool isLast)
    {
        var now = !isLast && IsCapped(index) ? Math.Min(interest, part) : interest;
        carried = interest - now;
        if (index < terms.InterestGrace && !isLast)
        {
            deferred += now;
            return 0;
        }

        now += deferred;
        deferred = 0;
        return now;
    }

    private bool IsCapped(int index) => index >= terms.PrincipalGrace
        && (terms.Method == RepaymentMethod.EqualInstalment || (terms.Method == RepaymentMethod.Balloon && terms.FixedInstalment is not null));

    // A fixed instalment without a number of them ends where it covers all that is left and nothing more will be drawn.
    private bool IsRepaidBy(Period period, long interest) =>
        terms.Instalments is null && terms.FixedInstalment is { } agreed && terms.Method != RepaymentMethod.Seasonal
        && period.DueOn.DayNumber > lastMove && balance + interest <= agreed.Fen;

    /// <summary>The factors as known in this period: its own, then the rate that holds at its end over each later period.</summary>
    private Factor[] Known(int index, Period period)
    {
        var factors = new Factor[count - index];
        factors[0] = period.Factor;
        for (var i = 1; i < factors.Length; i++)
        {
            factors[i] = cutter.Planned(periods[index + i], period.RateAtEnd);
        }

        return factors;
    }

    private decimal FlatTotal(int index, Period period)
    {
        var total = (decimal)balance;
        foreach (var factor in Known(index, period))
        {
            total += amount.Interest(drawn, factor);
        }

        return total;
    }
}
