using Earmark.Storage.Journal;

namespace Earmark.Storage.Sqlite;

/// <summary>The journal in journal.db: one writing thread with group commit, reads beside it, checkpoints off the commit path.</summary>
public sealed class SqliteJournal : IJournal, IDisposable
{
    private readonly JournalWriter _writer;
    private readonly JournalCheckpoints _checkpoints;
    private readonly SqliteReaders _readers;

    /// <summary>Opens the file, making or migrating it.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file can't be opened.</exception>
    public SqliteJournal(StorageOptions options)
    {
        var file = new SqliteFile(options, "journal.db");
        _writer = new JournalWriter(file, options);
        _checkpoints = new JournalCheckpoints(file, _writer, options);
        _readers = new SqliteReaders(file, options);
    }

    public Task<SiteHead> TakeEpochAsync(string siteId, CancellationToken cancel) =>
        _writer.DoAsync(journal => journal.TakeEpoch(siteId), 0, cancel);

    public Task<bool> AppendAsync(JournalAppend append, CancellationToken cancel)
    {
        var bytes = AppendRules.Check(append);
        return _writer.DoAsync(journal => journal.Append(append), bytes, cancel);
    }

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(string siteId, long afterPosition, int count, CancellationToken cancel) =>
        _readers.ReadAsync<IReadOnlyList<JournalEntry>>(connection => JournalReads.Entries(connection, siteId, afterPosition, Bounded(count)), cancel);

    public Task<IReadOnlyList<JournalEntry>> TailAsync(long afterSequence, int count, CancellationToken cancel) =>
        _readers.ReadAsync<IReadOnlyList<JournalEntry>>(connection => JournalReads.Tail(connection, afterSequence, Bounded(count)), cancel);

    public Task<SiteHead?> HeadAsync(string siteId, CancellationToken cancel) =>
        _readers.ReadAsync(connection => JournalReads.Head(connection, siteId), cancel);

    public Task<SiteSnapshot?> LoadSnapshotAsync(string siteId, CancellationToken cancel) =>
        _readers.ReadAsync(connection => JournalReads.Snapshot(connection, siteId), cancel);

    public Task<bool> SaveSnapshotAsync(SiteSnapshot snapshot, CancellationToken cancel) =>
        _writer.DoAsync(journal => journal.SaveSnapshot(snapshot), snapshot.State.Length, cancel);

    /// <summary>Writes what waits and closes; later calls find the journal unavailable.</summary>
    public void Dispose()
    {
        _checkpoints.Dispose();
        _writer.Dispose();
        _readers.Dispose();
    }

    private static int Bounded(int count) => Math.Clamp(count, 0, JournalLimits.EntriesPerRead);
}
