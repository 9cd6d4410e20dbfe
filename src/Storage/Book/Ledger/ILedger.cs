namespace Earmark.Storage.Book;

/// <summary>
/// Double entry, immutable in the database itself (update and delete are refused there). Corrections are new transfers.
/// The sum of all accounts is zero at every instant.
/// </summary>
public interface ILedger
{
    /// <summary>
    /// Same id and body: <see cref="PostResult.AlreadyPosted"/>. Same id, other body: <see cref="RepeatedIdException"/>. What a loan owes would fall below zero:
    /// <see cref="BalanceBoundException"/>.
    /// </summary>
    Task<PostResult> PostAsync(TransferRow transfer, CancellationToken cancel);

    /// <summary>All of them in one transaction, or none; each answered as by <see cref="PostAsync"/>.</summary>
    Task<IReadOnlyList<PostResult>> PostAllAsync(IReadOnlyList<TransferRow> transfers, CancellationToken cancel);
    Task<long> BalanceFenAsync(string institutionId, string account, CancellationToken cancel);
    /// <summary>All that was ever credited to an account: of a receivable, what was paid.</summary>
    Task<long> CreditedFenAsync(string institutionId, string account, CancellationToken cancel);
    Task<IReadOnlyList<AccountBalance>> TrialBalanceAsync(string institutionId, CancellationToken cancel);
    Task<IReadOnlyList<TransferRow>> TransfersAsync(string institutionId, string? accountPrefix, int offset, int count, CancellationToken cancel);
}

public enum PostResult
{
    Posted,
    AlreadyPosted,
}

/// <param name="EffectiveOn">Business date it counts for.</param>
/// <param name="RecordedAt">When it was written.</param>
public sealed record TransferRow(
    string TransferId,
    string InstitutionId,
    string Kind,
    DateOnly EffectiveOn,
    DateTimeOffset RecordedAt,
    string By,
    IReadOnlyList<PostingRow> Postings);

/// <param name="Account">e.g. <c>loan-principal/{loan}</c>, <c>settlement</c>.</param>
/// <param name="AmountFen">Debit positive, credit negative; a transfer's postings sum to zero.</param>
public sealed record PostingRow(string Account, long AmountFen);

public sealed record AccountBalance(string Account, long BalanceFen);
