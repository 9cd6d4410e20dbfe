namespace Earmark.Finance;

/// <summary>The bookings of a loan's life. Each balances by construction; legs of zero are left out.</summary>
public static class LoanTransfers
{
    /// <summary>Principal to the loan, the money to the named payee. Throws unless the amount is positive.</summary>
    public static Transfer Draw(string id, string loan, string payee, Money amount, DateOnly on) =>
        Pair(id, TransferKind.Draw, on, new AccountId(AccountKind.LoanPrincipal, loan), new AccountId(AccountKind.EntrustedPayment, payee), amount);

    /// <summary>A day's interest, owed by the loan and earned by the institution. Whoever accrues 0 fen books nothing.</summary>
    public static Transfer AccrueInterest(string id, string loan, string institution, Money amount, DateOnly on) =>
        Pair(id, TransferKind.InterestAccrual, on, new AccountId(AccountKind.InterestReceivable, loan), new AccountId(AccountKind.InterestIncome, institution), amount);

    public static Transfer AccruePenalty(string id, string loan, string institution, Money amount, DateOnly on) =>
        Pair(id, TransferKind.PenaltyAccrual, on, new AccountId(AccountKind.PenaltyReceivable, loan), new AccountId(AccountKind.PenaltyIncome, institution), amount);

    public static Transfer ChargeFee(string id, string loan, string institution, Money amount, DateOnly on) =>
        Pair(id, TransferKind.FeeCharge, on, new AccountId(AccountKind.FeeReceivable, loan), new AccountId(AccountKind.FeeIncome, institution), amount);

    /// <summary>A payment on the repayment account, spread as allocated; what was left over is owed back to the borrower.</summary>
    public static Transfer Repay(string id, string loan, string repaymentAccount, Allocation allocation, DateOnly on)
    {
        var paid = allocation.Paid;
        var postings = new List<Posting>(6);
        Add(postings, new AccountId(AccountKind.RepaymentAccount, repaymentAccount), paid.Total + allocation.Unapplied);
        Add(postings, new AccountId(AccountKind.PenaltyReceivable, loan), -paid.Penalty);
        Add(postings, new AccountId(AccountKind.FeeReceivable, loan), -paid.Fee);
        Add(postings, new AccountId(AccountKind.InterestReceivable, loan), -paid.Interest);
        Add(postings, new AccountId(AccountKind.LoanPrincipal, loan), -paid.Principal);
        Add(postings, new AccountId(AccountKind.Unapplied, loan), -allocation.Unapplied);
        return new Transfer(id, TransferKind.Repayment, on, postings);
    }

    private static Transfer Pair(string id, TransferKind kind, DateOnly on, AccountId debit, AccountId credit, Money amount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount.Fen);
        return new Transfer(id, kind, on, [new Posting(debit, amount), new Posting(credit, -amount)]);
    }

    private static void Add(List<Posting> postings, AccountId account, Money amount)
    {
        if (!amount.IsZero)
        {
            postings.Add(new Posting(account, amount));
        }
    }
}
