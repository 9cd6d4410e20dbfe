using Earmark.Storage.Journal;
using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>
/// Reads of the journal, a bounded number at once; others wait in turn, as a thousand sites do that open together. A connection the
/// database closed meanwhile is replaced and the read tried once more.
/// </summary>
internal sealed class JournalRows(NpgsqlDataSource source, int atOnce) : IDisposable
{
    private readonly SemaphoreSlim _places = new(atOnce, atOnce);

    private const string Columns = "e.slot, s.site_id, e.epoch, e.position, e.kind, e.at, e.device_id, e.trust, e.codec, e.settings, e.body, e.hash";

    /// <summary>The first sequence of the group an entry is in; 0 for the moment in which a detach has taken the groups and not yet the entries.</summary>
    private const string First = "coalesce((SELECT g.last_sequence - g.entries + 1 FROM journal.entry_group g WHERE g.period = e.period AND g.group_number = e.slot >> 20), 0)";

    public Task<SiteHead?> HeadAsync(string siteId, CancellationToken cancel) => FirstAsync(
        "SELECT epoch, position, hash FROM journal.site_head WHERE site_id = $1",
        row => new SiteHead(siteId, row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
        cancel,
        siteId);

    public async Task<SiteHead> TakeEpochAsync(string siteId, CancellationToken cancel) => (await FirstAsync(
        "SELECT epoch, position, hash FROM journal.take_epoch($1, $2)",
        row => new SiteHead(siteId, row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)),
        cancel,
        siteId,
        ChainHash.Origin))!;

    public Task<List<JournalEntry>> EntriesAsync(string siteId, long after, int count, CancellationToken cancel) => ListAsync(
        $"""
        SELECT {Columns}, {First} FROM journal.entry e CROSS JOIN journal.site_head s
        WHERE s.site_id = $1 AND e.site_key = (SELECT site_key FROM journal.site_head WHERE site_id = $1) AND e.position > $2 AND e.position <= $3
        ORDER BY e.position
        """,
        Entry,
        cancel,
        siteId,
        after,
        after + count);

    public Task<SiteSnapshot?> SnapshotAsync(string siteId, CancellationToken cancel) => FirstAsync(
        "SELECT n.epoch, n.position, n.hash, n.apply_version, n.state FROM journal.snapshot n JOIN journal.site_head s USING (site_key) WHERE s.site_id = $1",
        row => Snapshot(siteId, row),
        cancel,
        siteId);

    /// <summary>False when one as new is kept, or nobody ever took the site.</summary>
    public async Task<bool> SaveSnapshotAsync(SiteSnapshot snapshot, CancellationToken cancel) => await FirstAsync(
        """
        INSERT INTO journal.snapshot AS n (site_key, epoch, position, hash, apply_version, state)
        SELECT site_key, $2, $3, $4, $5, $6 FROM journal.site_head WHERE site_id = $1
        ON CONFLICT (site_key) DO UPDATE SET epoch = excluded.epoch, position = excluded.position, hash = excluded.hash,
            apply_version = excluded.apply_version, state = excluded.state
        WHERE excluded.position > n.position RETURNING site_key
        """,
        _ => "saved",
        cancel,
        snapshot.SiteId,
        snapshot.Epoch,
        snapshot.Position,
        snapshot.Hash,
        snapshot.ApplyVersion,
        snapshot.State) is not null;

    public static SiteSnapshot Snapshot(string siteId, NpgsqlDataReader row) =>
        new(siteId, row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.GetInt32(3), row.GetFieldValue<byte[]>(4));

    public async Task<T?> FirstAsync<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancel, params object[] parameters)
        where T : class => (await ListAsync(sql, map, cancel, parameters)).FirstOrDefault();

    public async Task<List<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> map, CancellationToken cancel, params object[] parameters)
    {
        await _places.WaitAsync(cancel);
        try
        {
            return await OnceAsync(sql, map, parameters, cancel);
        }
        catch (NpgsqlException lost) when (lost is not PostgresException { InvariantSeverity: "ERROR" } && lost.InnerException is not TimeoutException)
        {
            // All of these may be run twice: a read, a snapshot only if newer, an epoch that skips one.
            source.Clear();
            return await OnceAsync(sql, map, parameters, cancel);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    public static JournalEntry Entry(NpgsqlDataReader row) => new(
        row.GetInt64(12) + (row.GetInt64(0) & ((1L << JournalTables.SlotBits) - 1)),
        row.GetString(1),
        row.GetInt64(2),
        row.GetInt64(3),
        (EntryKind)row.GetInt16(4),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
        row.GetString(6),
        (byte)row.GetInt16(7),
        row.GetInt32(8),
        row.GetInt32(9),
        row.GetFieldValue<byte[]>(10),
        row.GetFieldValue<byte[]>(11));

    private async Task<List<T>> OnceAsync<T>(string sql, Func<NpgsqlDataReader, T> map, object[] parameters, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        }

        var rows = new List<T>();
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            rows.Add(map(row));
        }

        return rows;
    }
}
