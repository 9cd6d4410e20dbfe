namespace Earmark.Storage.Journal;

/// <summary>A journal that keeps stretches of time apart, so that old ones can be moved into files.</summary>
public interface IJournalPeriods
{
    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<JournalPeriod>> PeriodsAsync(CancellationToken cancel);

    /// <summary>Closes the open period when it is at least so long and opens the next; false when it is not yet time. It also does so by itself.</summary>
    Task<bool> OpenNextPeriodAsync(TimeSpan longest, CancellationToken cancel);

    /// <summary>Sites that must journal an opening state before the period can be detached.</summary>
    Task<IReadOnlyList<string>> SitesWithoutOpeningAsync(int period, CancellationToken cancel);

    /// <summary>Moves the oldest period into a file of the folder (<see cref="JournalArchive"/>), proven before a row goes.</summary>
    /// <param name="tailedTo">The last sequence that every reader of the tail has passed; a period beyond it stays.</param>
    /// <exception cref="InvalidDataException">What was written can't be proven; nothing was detached.</exception>
    Task<Detachment> DetachAsync(int period, string folder, long tailedTo, CancellationToken cancel);

    /// <summary>Brings the period that was detached last back from its file. Answers why not; null when it was.</summary>
    /// <exception cref="InvalidDataException">The file is not whole; nothing was changed.</exception>
    Task<string?> AttachAsync(string file, CancellationToken cancel);
}

/// <summary>A stretch of time of the journal, by the clock of its database.</summary>
/// <param name="ClosedAt">Null while it is written to.</param>
/// <param name="AfterSequence">The last sequence of the period before.</param>
/// <param name="LastSequence">Null while it is written to.</param>
/// <param name="Archive">Name of the file it was last written to; null when it never was.</param>
/// <param name="DetachedAt">Since when its entries are in the archive alone.</param>
public sealed record JournalPeriod(
    int Number, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, long AfterSequence, long? LastSequence, string? Archive, DateTimeOffset? DetachedAt);

/// <param name="Because">Why nothing was detached; null when it was.</param>
/// <param name="File">Where the period's entries are now.</param>
public sealed record Detachment(string? Because, string? File, long Entries);
