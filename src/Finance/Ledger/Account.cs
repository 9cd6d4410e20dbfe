namespace Earmark.Finance;

/// <summary>What an account holds. Debits are positive: assets grow by them; income and what is owed to others is negative.</summary>
public enum AccountKind
{
    /// <summary>Asset: principal outstanding of a loan.</summary>
    LoanPrincipal,

    /// <summary>Asset: accrued, unpaid.</summary>
    InterestReceivable,

    FeeReceivable,

    PenaltyReceivable,

    InterestIncome,

    FeeIncome,

    PenaltyIncome,

    /// <summary>受托支付: what goes to the named payee.</summary>
    EntrustedPayment,

    /// <summary>还款专用账户: what came in to repay.</summary>
    RepaymentAccount,

    /// <summary>Owed to the borrower: what a payment had left over.</summary>
    Unapplied,
}

/// <summary>An account of the ledger: its kind, whose it is (loan, payee, institution), its currency (ISO 4217).</summary>
public readonly record struct AccountId(AccountKind Kind, string Owner, string Currency = Money.Currency)
{
    public override string ToString() => $"{Kind}/{Owner}/{Currency}";
}

/// <summary>One leg. A debit is positive, a credit negative; the amount is in hundredths of the account's currency.</summary>
public readonly record struct Posting(AccountId Account, Money Amount);
