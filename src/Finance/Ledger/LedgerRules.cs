namespace Earmark.Finance;

public enum LedgerRefusal
{
    None,
    IdOutOfRange,
    NoPostings,
    TooManyPostings,
    ZeroPosting,
    RepeatedAccount,
    Unbalanced,
}

/// <summary>What the Book checks before it books anything.</summary>
public static class LedgerRules
{
    public const int MaximumPostings = 64;

    public const int MaximumIdLength = 100;

    public static LedgerRefusal Check(Transfer transfer)
    {
        if (string.IsNullOrWhiteSpace(transfer.Id) || transfer.Id.Length > MaximumIdLength)
        {
            return LedgerRefusal.IdOutOfRange;
        }

        if (transfer.Postings.Count is 0 or > MaximumPostings)
        {
            return transfer.Postings.Count == 0 ? LedgerRefusal.NoPostings : LedgerRefusal.TooManyPostings;
        }

        var accounts = new HashSet<AccountId>();
        var sums = new Dictionary<string, Int128>(StringComparer.Ordinal);
        foreach (var (account, amount) in transfer.Postings)
        {
            if (amount.IsZero)
            {
                return LedgerRefusal.ZeroPosting;
            }

            if (!accounts.Add(account))
            {
                return LedgerRefusal.RepeatedAccount;
            }

            sums[account.Currency] = sums.GetValueOrDefault(account.Currency) + amount.Fen;
        }

        return sums.Values.All(sum => sum == 0) ? LedgerRefusal.None : LedgerRefusal.Unbalanced;
    }

    public static string Code(this LedgerRefusal refusal) => refusal switch
    {
        LedgerRefusal.None => "none",
        LedgerRefusal.IdOutOfRange => "id-out-of-range",
        LedgerRefusal.NoPostings => "no-postings",
        LedgerRefusal.TooManyPostings => "too-many-postings",
        LedgerRefusal.ZeroPosting => "zero-posting",
        LedgerRefusal.RepeatedAccount => "repeated-account",
        LedgerRefusal.Unbalanced => "unbalanced",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };
}
