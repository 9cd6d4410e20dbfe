namespace Earmark.Finance;

/// <summary>A draw as it would stand: granted when no refusal is named. Shown before it is confirmed and recomputed when it is executed.</summary>
public sealed record DrawDecision(Money Amount, IReadOnlyList<Refusal> Refusals, Money DebtAfter, decimal? LtvAfter, Money BorrowingBaseLeft)
{
    public bool IsGranted => Refusals.Count == 0;
}

public static class DrawRules
{
    /// <param name="amount">What is to be drawn.</param>
    /// <param name="limit">The facility's credit limit.</param>
    /// <param name="drawn">Principal outstanding; the limit is on principal, the lines are on the whole debt.</param>
    public static DrawDecision Decide(Money amount, CoverStanding standing, CoverTerms terms, Money limit, Money drawn, DateTimeOffset now)
    {
        var cover = standing.Cover;
        var refusals = standing.Blockers(now).ToList();
        if (!amount.IsPositive)
        {
            refusals.Add(Refusal.AmountNotPositive);
            return new DrawDecision(amount, refusals, cover.Debt, cover.Ltv, cover.Headroom);
        }

        // An amount near the limits of Int64 must be refused, not overflow.
        var isHuge = amount.Fen > long.MaxValue / 4;
        var debtAfter = isHuge ? amount : cover.Debt + amount;
        var ltvAfter = Cover.LtvOf(debtAfter, cover.EligibleValue);
        CoverStanding.AddIf(refusals, !terms.IsUnsecured && (ltvAfter is not { } ltv || ltv > terms.Lines.Draw.Value), Refusal.WouldBreach);
        CoverStanding.AddIf(refusals, isHuge || drawn + amount > limit, Refusal.OverLimit);
        CoverStanding.AddIf(refusals, !terms.IsUnsecured && debtAfter > cover.BorrowingBase, Refusal.OverBorrowingBase);
        return new DrawDecision(amount, refusals, debtAfter, ltvAfter, Money.Max(cover.BorrowingBase - debtAfter, Money.Zero));
    }
}
