using Earmark.Finance;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Loans;

/// <summary>Names of accounts in the Book: kind in kebab-case, '/', owner. Everything is booked in 分 of one currency.</summary>
internal static class LedgerAccounts
{
    public static string Name(AccountId account) => $"{Kind(account.Kind)}/{account.Owner}";

    public static Money Balance(IReadOnlyDictionary<string, long> balancesFen, AccountKind kind, string owner) =>
        new(balancesFen.GetValueOrDefault(Name(new AccountId(kind, owner))));

    public static TransferRow Row(Transfer transfer, string institutionId, DateTimeOffset at, string by)
    {
        var refusal = LedgerRules.Check(transfer);
        return refusal == LedgerRefusal.None
            ? new TransferRow(transfer.Id, institutionId, KindOf(transfer.Kind), transfer.EffectiveOn, at, by, [.. transfer.Postings.Select(Posting)])
            : throw new InvalidOperationException($"transfer {transfer.Id}: {refusal.Code()}");
    }

    private static PostingRow Posting(Posting posting) => new(Name(posting.Account), posting.Amount.Fen);

    private static string Kind(AccountKind kind) => kind switch
    {
        AccountKind.LoanPrincipal => "loan-principal",
        AccountKind.InterestReceivable => "interest-receivable",
        AccountKind.FeeReceivable => "fee-receivable",
        AccountKind.PenaltyReceivable => "penalty-receivable",
        AccountKind.InterestIncome => "interest-income",
        AccountKind.FeeIncome => "fee-income",
        AccountKind.PenaltyIncome => "penalty-income",
        AccountKind.EntrustedPayment => "entrusted-payment",
        AccountKind.RepaymentAccount => "repayment-account",
        AccountKind.Unapplied => "unapplied",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string KindOf(TransferKind kind) => kind switch
    {
        TransferKind.Draw => "draw",
        TransferKind.InterestAccrual => "interest-accrual",
        TransferKind.FeeCharge => "fee-charge",
        TransferKind.PenaltyAccrual => "penalty-accrual",
        TransferKind.Repayment => "repayment",
        TransferKind.Reversal => "reversal",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
