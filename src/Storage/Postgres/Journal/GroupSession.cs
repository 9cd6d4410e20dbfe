using Npgsql;
using NpgsqlTypes;

namespace Earmark.Storage.Postgres;

/// <summary>
/// The writer's own connection. A group is copied first, without touching a head; then heads, sequence and COMMIT go out as one
/// message. So no lock that another silo could want is ever held while the database waits for this process, however long that
/// is stopped, and a failure before that message means that nothing was written.
/// </summary>
internal sealed class GroupSession : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly CopyRows _rows = new();
    private readonly Dictionary<string, int> _siteKeys = new(StringComparer.Ordinal);
    private readonly NpgsqlBatch _commit;
    private readonly NpgsqlParameter[] _parameters;
    private long _group;
    private int _period;

    /// <exception cref="NpgsqlException">The database can't be reached.</exception>
    /// <exception cref="InvalidOperationException">It would answer a commit before it is on disk.</exception>
    public GroupSession(string connectionString)
    {
        _connection = new NpgsqlConnection(connectionString);
        try
        {
            _connection.Open();
            RequireDurableCommits();
            _group = Number("SELECT nextval('journal.group_number')");
            ReadPeriod();
            _parameters = [Parameter(NpgsqlDbType.Bigint), Parameter(NpgsqlDbType.Integer), Parameter(NpgsqlDbType.Integer), Parameter(NpgsqlDbType.Bigint),
                Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Bigint), Array(NpgsqlDbType.Bytea)];
            _commit = new NpgsqlBatch(_connection)
            {
                BatchCommands = { new NpgsqlBatchCommand("SELECT journal.commit_group($1, $2, $3, $4, $5, $6, $7, $8, $9)"), new NpgsqlBatchCommand("COMMIT") },
            };
            System.Array.ForEach(_parameters, parameter => _commit.BatchCommands[0].Parameters.Add(parameter));
            _commit.Prepare();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The numbers of sites, asked for once each; a site nobody ever took has none.</summary>
    public bool TryKey(string siteId, out int key)
    {
        if (_siteKeys.TryGetValue(siteId, out key))
        {
            return true;
        }

        using var command = new NpgsqlCommand("SELECT site_key FROM journal.site_head WHERE site_id = $1", _connection) { Parameters = { new() { Value = siteId } } };
        if (command.ExecuteScalar() is not int known)
        {
            return false;
        }

        _siteKeys[siteId] = key = known;
        return true;
    }

    /// <summary>Copies the entries of a group into the open period, in a transaction that stays open.</summary>
    public void Copy(IReadOnlyList<PendingAppend> group)
    {
        // Begun with the first message; ended by the COMMIT of the last.
        _ = _connection.BeginTransaction();
        using var stream = _connection.BeginRawBinaryCopy($"COPY journal.entry_{_period} ({CopyRows.Columns}) FROM STDIN (FORMAT BINARY)");
        _rows.Begin(stream);
        var slot = _group << JournalTables.SlotBits;
        foreach (var pending in group)
        {
            var (append, position) = (pending.Append, pending.Append.ExpectedPosition);
            for (var i = 0; i < append.Entries.Count; i++)
            {
                _rows.Write(slot++, _period, pending.SiteKey, append.Epoch, ++position, append.Entries[i]);
            }
        }

        _rows.End();
    }

    /// <summary>Advances every head of the group, gives it its sequences and commits: all or nothing.</summary>
    /// <param name="group">In order of <see cref="PendingAppend.SiteKey"/>, so that two silos lock heads in the same order.</param>
    /// <exception cref="PostgresException">An ERROR: nothing was written.</exception>
    /// <exception cref="NpgsqlException">Any other: unknown.</exception>
    public void Commit(IReadOnlyList<PendingAppend> group)
    {
        object[] values = [
            _group, _period, group.Sum(pending => pending.Append.Entries.Count), group.Sum(pending => (long)pending.Bytes),
            group.Select(pending => pending.SiteKey).ToArray(), group.Select(pending => pending.Append.Epoch).ToArray(),
            group.Select(pending => pending.Append.ExpectedPosition).ToArray(),
            group.Select(pending => pending.Append.ExpectedPosition + pending.Append.Entries.Count).ToArray(),
            group.Select(pending => pending.Append.NewHash).ToArray()];
        for (var i = 0; i < values.Length; i++)
        {
            _parameters[i].Value = values[i];
        }

        using var answer = _commit.ExecuteReader();
        answer.Read();
        var next = answer.GetInt64(0);
        while (answer.NextResult())
        {
            // Asked for explicitly: merely closing a reader may pass over a COMMIT that failed or timed out.
        }

        _group = next;
    }

    /// <summary>After an ERROR: undoes what was copied and takes the period that is open now.</summary>
    public void RollBack()
    {
        Execute("ROLLBACK");
        _group = Number("SELECT nextval('journal.group_number')");
        ReadPeriod();
    }

    /// <summary>Those of a group whose head is not where they expect it.</summary>
    public HashSet<int> Fenced(IReadOnlyList<PendingAppend> group)
    {
        using var command = new NpgsqlCommand(
            """
            SELECT a.site_key FROM unnest($1, $2, $3) AS a (site_key, epoch, expected)
            LEFT JOIN journal.site_head h ON h.site_key = a.site_key AND h.epoch = a.epoch AND h.position = a.expected
            WHERE h.site_key IS NULL
            """,
            _connection);
        command.Parameters.Add(new() { Value = group.Select(pending => pending.SiteKey).ToArray() });
        command.Parameters.Add(new() { Value = group.Select(pending => pending.Append.Epoch).ToArray() });
        command.Parameters.Add(new() { Value = group.Select(pending => pending.Append.ExpectedPosition).ToArray() });
        var fenced = new HashSet<int>();
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            fenced.Add(row.GetInt32(0));
        }

        return fenced;
    }

    public void Dispose()
    {
        _commit.Dispose();
        _connection.Dispose();
    }

    private void RequireDurableCommits()
    {
        if (Text("SHOW fsync") != "on")
        {
            throw new InvalidOperationException("PostgreSQL runs with fsync=off: what is acknowledged to a device would not be on disk.");
        }

        if (Text("SHOW synchronous_commit") == "off")
        {
            Execute("SET synchronous_commit = on");
        }
    }

    private void ReadPeriod() => _period = (int)Number("SELECT period::bigint FROM journal.tail");

    private string Text(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        return (string)command.ExecuteScalar()!;
    }

    private long Number(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    private static NpgsqlParameter Parameter(NpgsqlDbType type) => new() { NpgsqlDbType = type };

    private static NpgsqlParameter Array(NpgsqlDbType element) => Parameter(NpgsqlDbType.Array | element);
}
