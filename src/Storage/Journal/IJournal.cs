namespace Earmark.Storage.Journal;

/// <summary>
/// The journal of all sites: append-only, fenced per site, committed in groups. State is a fold of its entries in order.
/// </summary>
public interface IJournal
{
    /// <summary>
    /// A new activation of a site takes the next epoch; whoever held an earlier one is fenced from now on. The head it
    /// returns is where the fold must arrive. A site never seen starts at epoch 1, position 0, hash of zeros.
    /// </summary>
    Task<SiteHead> TakeEpochAsync(string siteId, CancellationToken cancel);

    /// <summary>
    /// Appends entries in one transaction, together with those of other sites that are waiting (group commit).
    /// Returns false when the head no longer matches (fenced): nothing was written and the activation must end.
    /// </summary>
    /// <exception cref="JournalUnavailableException">nothing was written; the caller may try again later</exception>
    /// <exception cref="Exception">any other: the outcome is unknown and the activation must end</exception>
    Task<bool> AppendAsync(JournalAppend append, CancellationToken cancel);

    /// <summary>Entries of a site after a position, oldest first, at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<JournalEntry>> ReadAsync(string siteId, long afterPosition, int count, CancellationToken cancel);

    /// <summary>
    /// Entries of all sites after a global sequence, in order of commit, for tailers; fewer than <paramref name="count"/>
    /// where they are large (<see cref="JournalLimits.BytesPerTail"/>), none only at the end.
    /// </summary>
    Task<IReadOnlyList<JournalEntry>> TailAsync(long afterSequence, int count, CancellationToken cancel);

    /// <summary>The head as it stands, without taking an epoch; null for a site never seen.</summary>
    Task<SiteHead?> HeadAsync(string siteId, CancellationToken cancel);

    /// <summary>The newest snapshot of a site; null when there is none.</summary>
    Task<SiteSnapshot?> LoadSnapshotAsync(string siteId, CancellationToken cancel);

    /// <summary>Keeps a snapshot only if it is newer by position than the one kept; false otherwise.</summary>
    Task<bool> SaveSnapshotAsync(SiteSnapshot snapshot, CancellationToken cancel);

    /// <summary>Where the kept chain of a site begins; null when all of it is there, as always where nothing can be detached.</summary>
    Task<ChainCut?> CutAsync(string siteId, CancellationToken cancel) => Task.FromResult<ChainCut?>(null);

    /// <summary>
    /// The state of the newest <see cref="EntryKind.OpeningState"/> entry of a site, from which a recomputation starts when
    /// earlier entries are detached; null when there is none.
    /// </summary>
    Task<SiteSnapshot?> LoadOpeningAsync(string siteId, CancellationToken cancel) => Task.FromResult<SiteSnapshot?>(null);

    /// <summary>
    /// Keeps the state that the site's next entry, of kind <see cref="EntryKind.OpeningState"/>, will vouch for. Without that entry it
    /// counts for nothing. False where nothing can be detached: such a journal needs no openings.
    /// </summary>
    Task<bool> SaveOpeningAsync(SiteSnapshot state, CancellationToken cancel) => Task.FromResult(false);
}

/// <summary>The journal is away (disk full, locked, closed); nothing of the append was written.</summary>
public sealed class JournalUnavailableException : Exception
{
    public JournalUnavailableException()
    {
    }

    public JournalUnavailableException(string message)
        : base(message)
    {
    }

    public JournalUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

public static class JournalLimits
{
    public const int HashBytes = 32;
    public const int EntryBytes = 4 * 1024 * 1024;
    public const int EntriesPerAppend = 1_024;
    public const int EntriesPerRead = 10_000;

    /// <summary>A tailer's read stops at the entry with which the bodies reach this.</summary>
    public const int BytesPerTail = 16 * 1024 * 1024;
}
