using Earmark.Storage.Journal;
using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>The journal in PostgreSQL 15 or newer, shared by any number of silos: one writing thread each, fenced per site.</summary>
public sealed class PostgresJournal : IJournal, IJournalPeriods, IDisposable
{
    /// <summary>Beside the readers': of the clock of periods, and of an archiving.</summary>
    private const int OtherConnections = 4;

    private readonly NpgsqlDataSource _source;
    private readonly JournalGroups _groups;
    private readonly JournalRows _rows;
    private readonly JournalTail _tail;
    private readonly JournalOpenings _openings;
    private readonly JournalPeriods _periods;
    private readonly PeriodArchiving _archiving;
    private readonly PeriodClock _clock;

    /// <summary>Connects, and makes or migrates the schema.</summary>
    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    /// <exception cref="InvalidDataException">It was written by a newer Earmark.</exception>
    /// <exception cref="InvalidOperationException">The options name no PostgreSQL, or it would lose acknowledged entries in a power cut.</exception>
    public PostgresJournal(StorageOptions options)
    {
        var connection = options.Postgres ?? throw new InvalidOperationException("The storage options name no PostgreSQL.");
        var writing = connection.Text(text =>
        {
            text.Pooling = false;
            text.Enlist = false;
            text.Timeout = Seconds(options.PostgresConnectLimit);
            text.CommandTimeout = Seconds(options.PostgresCommitLimit);
        });
        using (var migrating = new NpgsqlConnection(writing))
        {
            migrating.Open();
            JournalMigrations.Apply(migrating);
        }

        _source = NpgsqlDataSource.Create(connection.Text(text =>
        {
            text.Enlist = false;
            text.Timeout = Seconds(options.PostgresConnectLimit);
            text.CommandTimeout = Seconds(options.ReadLimit);
            text.MaxPoolSize = options.Readers + OtherConnections;
            text.MaxAutoPrepare = 20;
        }));
        _rows = new JournalRows(_source, options.Readers);
        _tail = new JournalTail(_rows);
        _openings = new JournalOpenings(_rows);
        _periods = new JournalPeriods(_source);
        _archiving = new PeriodArchiving(_source, _rows, _tail, _periods);
        try
        {
            _groups = new JournalGroups(writing, options);
            _clock = new PeriodClock(_periods, options);
        }
        catch
        {
            _source.Dispose();
            throw;
        }
    }

    public async Task<SiteHead> TakeEpochAsync(string siteId, CancellationToken cancel)
    {
        try
        {
            return await _rows.TakeEpochAsync(siteId, cancel);
        }
        catch (NpgsqlException away)
        {
            throw new JournalUnavailableException(away.Message, away);
        }
    }

    public Task<bool> AppendAsync(JournalAppend append, CancellationToken cancel)
    {
        var bytes = AppendRules.Check(append);
        return _groups.AppendAsync(append, bytes, cancel);
    }

    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(string siteId, long afterPosition, int count, CancellationToken cancel) =>
        await _rows.EntriesAsync(siteId, afterPosition, Bounded(count), cancel);

    public Task<IReadOnlyList<JournalEntry>> TailAsync(long afterSequence, int count, CancellationToken cancel) =>
        _tail.ReadAsync(afterSequence, Bounded(count), cancel);

    public Task<SiteHead?> HeadAsync(string siteId, CancellationToken cancel) => _rows.HeadAsync(siteId, cancel);

    public Task<SiteSnapshot?> LoadSnapshotAsync(string siteId, CancellationToken cancel) => _rows.SnapshotAsync(siteId, cancel);

    public Task<bool> SaveSnapshotAsync(SiteSnapshot snapshot, CancellationToken cancel) => _rows.SaveSnapshotAsync(snapshot, cancel);

    public Task<ChainCut?> CutAsync(string siteId, CancellationToken cancel) => _openings.CutAsync(siteId, cancel);

    public Task<SiteSnapshot?> LoadOpeningAsync(string siteId, CancellationToken cancel) => _openings.LoadAsync(siteId, cancel);

    public Task<bool> SaveOpeningAsync(SiteSnapshot state, CancellationToken cancel) => _openings.SaveAsync(state, cancel);

    public Task<IReadOnlyList<JournalPeriod>> PeriodsAsync(CancellationToken cancel) => _periods.ListAsync(cancel);

    public Task<bool> OpenNextPeriodAsync(TimeSpan longest, CancellationToken cancel) => _periods.OpenNextAsync(longest, cancel);

    public Task<IReadOnlyList<string>> SitesWithoutOpeningAsync(int period, CancellationToken cancel) => _periods.WithoutOpeningAsync(period, cancel);

    public Task<Detachment> DetachAsync(int period, string folder, long tailedTo, CancellationToken cancel) =>
        _archiving.DetachAsync(period, folder, tailedTo, cancel);

    public Task<string?> AttachAsync(string file, CancellationToken cancel) => _archiving.AttachAsync(file, cancel);

    /// <summary>Writes what waits and closes; later calls find the journal unavailable.</summary>
    public void Dispose()
    {
        _clock.Dispose();
        _groups.Dispose();
        _rows.Dispose();
        _source.Dispose();
    }

    private static int Bounded(int count) => Math.Clamp(count, 0, JournalLimits.EntriesPerRead);

    private static int Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
}
