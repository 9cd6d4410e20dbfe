namespace Earmark.Finance;

/// <summary>What of a loan's plan is late at the beginning of a day, told from what the ledger has outstanding.</summary>
/// <param name="OldestDueOn">Due day of the oldest row something of which is late; null when nothing is.</param>
public sealed record Arrears(Money Principal, Money Interest, DateOnly? OldestDueOn, int DaysPastDue)
{
    private static readonly Arrears None = new(Money.Zero, Money.Zero, null, 0);

    /// <summary>
    /// Principal is late as far as the rows due before today ask for more than came back. Interest is late as far as the receivable is more than
    /// what ran up since the last due day; a fen a row is passed over, because the plan rounds each row and the daily accrual carries.
    /// Holds while payments go to interest before principal: then an early repayment leaves no interest behind.
    /// </summary>
    /// <param name="rows">The plan, in order of its days.</param>
    /// <param name="paidInterest">All that ever came back of it.</param>
    /// <param name="interestRunning">Accrued since the last due day before today.</param>
    public static Arrears Of(
        IReadOnlyList<(DateOnly DueOn, Money Principal, Money Interest)> rows, Money paidPrincipal, Money paidInterest, Money interestReceivable, Money interestRunning, DateOnly today)
    {
        var due = rows.TakeWhile(row => row.DueOn < today).ToArray();
        if (due.Length == 0)
        {
            return None;
        }

        var principal = Money.Max(Money.Sum(due.Select(row => row.Principal)) - paidPrincipal, Money.Zero);
        var interest = Money.Max(interestReceivable - interestRunning, Money.Zero);
        interest = interest.Fen <= due.Length ? Money.Zero : interest;
        var oldest = Earlier(OldestPrincipal(due, paidPrincipal), OldestInterest(due, interest, paidInterest));
        return oldest is not { } day ? None : new Arrears(principal, interest, day, today.DayNumber - day.DayNumber);
    }

    private static DateOnly? OldestPrincipal((DateOnly DueOn, Money Principal, Money Interest)[] due, Money paid) =>
        FirstBeyond(due, row => row.Principal, paid);

    // Payments go to the oldest first. Told from what was paid, a loan repaid early looks later than it is, as its plan asked for more interest; told from
    // what is late, counted back from the newest row, one with late principal does, as that bears more. The younger of both is right for either.
    private static DateOnly? OldestInterest((DateOnly DueOn, Money Principal, Money Interest)[] due, Money late, Money paid)
    {
        if (!late.IsPositive)
        {
            return null;
        }

        var first = due.Length - 1;
        for (; first > 0 && late > due[first].Interest; first--)
        {
            late -= due[first].Interest;
        }

        var byPaid = FirstBeyond(due, row => row.Interest, paid + new Money(due.Length));
        return byPaid is { } day && day > due[first].DueOn ? day : due[first].DueOn;
    }

    private static DateOnly? FirstBeyond(
        (DateOnly DueOn, Money Principal, Money Interest)[] due, Func<(DateOnly DueOn, Money Principal, Money Interest), Money> part, Money paid)
    {
        foreach (var row in due)
        {
            if (part(row) > paid)
            {
                return row.DueOn;
            }

            paid -= part(row);
        }

        return null;
    }

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null ? other : other is null || one < other ? one : other;
}
