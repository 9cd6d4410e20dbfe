namespace Earmark.Finance;

public readonly record struct Payment(DateOnly On, Money Amount);

/// <summary>What money in advance does to the plan.</summary>
public enum EarlyEffect
{
    /// <summary>缩短期限: the instalment stays, the loan ends sooner.</summary>
    ShorterTerm,

    /// <summary>减少月供: the term stays, the instalment falls.</summary>
    LowerInstalment,
}

/// <summary>What is owed at the end of a day.</summary>
/// <param name="Principal">All that is drawn and not repaid.</param>
/// <param name="Interest">Due and unpaid, and run up since the last due day.</param>
/// <param name="Due">Of all that, what is due and unpaid.</param>
/// <param name="DaysPastDue">Since the oldest due day of which something but penalty is unpaid; 0 when nothing is late.</param>
public sealed record LoanOwed(DateOnly AsOf, Money Principal, Money Interest, Money Fees, Money Penalty, Owed Due, int DaysPastDue)
{
    public Money Total => Principal + Interest + Fees + Penalty;
}

/// <param name="Rows">Dues, with a row of its own for each early repayment; their principals still sum to what was lent.</param>
/// <param name="Owed">Null without a day to tell it for.</param>
/// <param name="Unapplied">What came in beyond all that was owed.</param>
public sealed record Replayed(IReadOnlyList<Instalment> Rows, LoanOwed? Owed, Money Unapplied);

/// <summary>
/// A loan's payments played from the beginning, in order of their days: a backdated payment is one more in the list, so reversing and replaying is
/// computing again, and the order in which payments became known changes nothing.
/// A payment goes to what is past due, oldest row first, then to what is due, each row in the order given (penalty, fee, interest, principal by default). What is
/// left is in advance: it pays the interest run up to that day, then principal, and the plan after it is computed anew.
/// </summary>
public static class LoanReplay
{
    public const int MaximumPayments = 200;

    /// <summary>Throws for terms that <see cref="ScheduleChecks.Refuse"/> names, and for a payment that is not positive.</summary>
    public static Replayed Compute(
        ScheduleTerms terms, IReadOnlyList<Payment> payments, DateOnly? asOf, EarlyEffect effect, IReadOnlyList<OwedPart> order)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payments.Count, MaximumPayments);
        var run = new ReplayRun(terms, effect, order);
        foreach (var payment in payments.OrderBy(payment => payment.On).ThenBy(payment => payment.Amount).Where(payment => asOf is not { } day || payment.On <= day))
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(payment.Amount.Fen);
            run.Pay(payment);
        }

        return run.Result(asOf);
    }
}
