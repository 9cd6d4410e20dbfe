namespace Earmark.Storage.Book;

/// <summary>
/// A hash chain over the transfers of an institution, made in batches after their commit. A transfer that is committed and not sealed is taken by a
/// later seal, however late it was committed; numbers have no gaps and are never given twice.
/// </summary>
public interface ILedgerSeals
{
    /// <summary>Seals what stands unsealed, oldest record first; how many it were.</summary>
    Task<int> SealAsync(string institutionId, DateTimeOffset now, CancellationToken cancel);

    /// <summary>Where the chain ends: to be handed to the institution, who can then hold anyone to it.</summary>
    Task<SealHead> HeadAsync(string institutionId, CancellationToken cancel);

    /// <summary>Computes the chain again from what stands in the ledger.</summary>
    Task<SealCheck> VerifyAsync(string institutionId, CancellationToken cancel);
}

/// <param name="Number">Of the newest seal; 0 before the first.</param>
/// <param name="Hash">SHA-256, 64 hex digits.</param>
/// <param name="Unsealed">Transfers committed since.</param>
public sealed record SealHead(long Number, string Hash, long Unsealed);

/// <param name="Verified">Seals whose transfers are what was sealed.</param>
/// <param name="BrokenAt">The first number that does not hold; null when all do.</param>
public sealed record SealCheck(long Verified, string Hash, long? BrokenAt);
