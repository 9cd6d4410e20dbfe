using Earmark.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>The writer's connection with its prepared statements. Lives on the writer's thread; closing it rolls back what is open.</summary>
internal sealed class JournalStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, long> _siteKeys = new(StringComparer.Ordinal);
    private readonly List<SqliteStatement> _all = [];
    private readonly SqliteStatement _begin, _commit, _last, _siteKey, _addSite, _addHead, _takeEpoch, _advance, _insert, _mark, _snapshot;
    private long _sequence;

    public JournalStatements(SqliteConnection connection)
    {
        _connection = connection;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _last = Prepare("SELECT coalesce(max(sequence), 0) FROM entry");
        _siteKey = Prepare("SELECT site_key FROM site WHERE site_id = ?1");
        _addSite = Prepare("INSERT INTO site (site_id) VALUES (?1) RETURNING site_key");
        _addHead = Prepare("INSERT INTO site_head (site_key, epoch, position, sequence, before, hash) VALUES (?1, 0, 0, 0, 0, ?2)");
        _takeEpoch = Prepare("UPDATE site_head SET epoch = epoch + 1 WHERE site_key = ?1 RETURNING epoch, position, hash");
        _advance = Prepare("""
            UPDATE site_head SET position = ?1, before = sequence, sequence = ?2, hash = ?3
            WHERE site_key = ?4 AND epoch = ?5 AND position = ?6 RETURNING before
            """);
        _insert = Prepare("""
            INSERT INTO entry (sequence, site_key, before, epoch, position, kind, at, device_id, trust, codec, settings, hash, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            """);
        _mark = Prepare("INSERT INTO entry_mark (site_key, position, sequence) VALUES (?1, ?2, ?3)");
        _snapshot = Prepare("""
            INSERT INTO snapshot (site_key, epoch, position, hash, apply_version, state) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (site_key) DO UPDATE SET epoch = excluded.epoch, position = excluded.position, hash = excluded.hash,
                apply_version = excluded.apply_version, state = excluded.state
            WHERE excluded.position > snapshot.position
            """);
    }

    public void Begin()
    {
        _begin.Run();
        _last.Step();
        _sequence = _last.Int64(0);
        _last.Reset();
    }

    public void Commit() => _commit.Run();

    public SiteHead TakeEpoch(string siteId)
    {
        if (!TryKey(siteId, out var key))
        {
            _addSite.Bind(1, siteId).Step();
            key = _addSite.Int64(0);
            _addSite.Reset();
            _addHead.Bind(1, key).Bind(2, ChainHash.Origin).Run();
        }

        _takeEpoch.Bind(1, key).Step();
        var head = new SiteHead(siteId, _takeEpoch.Int64(0), _takeEpoch.Int64(1), _takeEpoch.Blob(2));
        _takeEpoch.Reset();
        return head;
    }

    /// <summary>False, and nothing written, when the head is not where the append expects it.</summary>
    public bool Append(JournalAppend append)
    {
        if (!TryKey(append.SiteId, out var key))
        {
            return false;
        }

        var count = append.Entries.Count;
        _advance.Bind(1, append.ExpectedPosition + count).Bind(2, _sequence + count).Bind(3, append.NewHash)
            .Bind(4, key).Bind(5, append.Epoch).Bind(6, append.ExpectedPosition);
        var held = _advance.Step();
        var before = held ? _advance.Int64(0) : 0;
        _advance.Reset();
        for (var i = 0; held && i < count; i++)
        {
            before = Insert(key, before, append.Epoch, append.ExpectedPosition + i + 1, append.Entries[i]);
        }

        return held;
    }

    public bool SaveSnapshot(SiteSnapshot snapshot) =>
        TryKey(snapshot.SiteId, out var key)
        && _snapshot.Bind(1, key).Bind(2, snapshot.Epoch).Bind(3, snapshot.Position).Bind(4, snapshot.Hash)
            .Bind(5, snapshot.ApplyVersion).Bind(6, snapshot.State).Run() > 0;

    /// <summary>The step another connection can't take under constant writes: copy the rest, so that the next commit starts the log anew.</summary>
    public void FinishCheckpoint() => SqliteFile.Execute(_connection, "PRAGMA wal_checkpoint(PASSIVE)");

    public void Dispose()
    {
        _all.ForEach(statement => statement.Dispose());
        _connection.Dispose();
    }

    private long Insert(long key, long before, long epoch, long position, in NewEntry entry)
    {
        var sequence = ++_sequence;
        _insert.Bind(1, sequence).Bind(2, key).Bind(3, before).Bind(4, epoch).Bind(5, position).Bind(6, (int)entry.Kind)
            .Bind(7, entry.At.ToUnixTimeMilliseconds()).Bind(8, entry.DeviceId).Bind(9, entry.Trust).Bind(10, entry.CodecVersion)
            .Bind(11, entry.SettingsVersion).Bind(12, entry.Hash).Bind(13, entry.Body.Span).Run();
        if (position % JournalSchema.MarkEvery == 0)
        {
            _mark.Bind(1, key).Bind(2, position).Bind(3, sequence).Run();
        }

        return sequence;
    }

    private bool TryKey(string siteId, out long key)
    {
        if (_siteKeys.TryGetValue(siteId, out key))
        {
            return true;
        }

        var known = _siteKey.Bind(1, siteId).Step();
        key = known ? _siteKey.Int64(0) : 0;
        _siteKey.Reset();
        if (known)
        {
            // Kept only once read back: what a rollback takes away closes this object, and its keys with it.
            _siteKeys[siteId] = key;
        }

        return known;
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection, sql);
        _all.Add(statement);
        return statement;
    }
}
