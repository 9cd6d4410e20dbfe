namespace Earmark.Storage.Book;

/// <summary>
/// Two-phase transfers: pending, then once posted (whole or in part), voided or expired. While pending no balance is touched; what is reserved
/// is told beside it. Ids are made by the caller before the first try, for each phase one.
/// </summary>
public interface IPendingTransfers
{
    /// <summary>Same id and body: <see cref="PostResult.AlreadyPosted"/>. Same id, other body: <see cref="RepeatedIdException"/>.</summary>
    /// <param name="expiresAt">From this moment on it can't be posted any more.</param>
    Task<PostResult> ReserveAsync(TransferRow pending, DateTimeOffset expiresAt, CancellationToken cancel);

    /// <summary>Makes the transfer. A repetition with the same transfer id is answered <see cref="PendingOutcome.Posted"/> again.</summary>
    /// <param name="amountFen">Less than the whole only where two postings are pending; null for the whole.</param>
    Task<PendingOutcome> PostAsync(string pendingId, string transferId, long? amountFen, string by, DateTimeOffset now, CancellationToken cancel);

    Task<PendingOutcome> VoidAsync(string pendingId, string by, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Ends what has run out; how many it were.</summary>
    Task<int> ExpireAsync(DateTimeOffset now, CancellationToken cancel);

    /// <summary>What pending transfers would add to an account: debits and credits apart.</summary>
    Task<(long DebitFen, long CreditFen)> ReservedAsync(string institutionId, string account, CancellationToken cancel);
}

public enum PendingOutcome
{
    Posted,
    Voided,
    Expired,

    /// <summary>It ended before, in another way or by another transfer.</summary>
    EndedOtherwise,

    /// <summary>More than is pending, nothing, or a part of more than two postings.</summary>
    AmountRefused,

    Unknown,
}
