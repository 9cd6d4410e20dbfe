using Earmark.Storage.Journal;
using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>Reads of journal.db on a reader's connection.</summary>
internal static class JournalReads
{
    private const string Columns =
        "e.sequence, s.site_id, e.epoch, e.position, e.kind, e.at, e.device_id, e.trust, e.codec, e.settings, e.body, e.hash";

    public static SiteHead? Head(SqliteConnection connection, string siteId)
    {
        using var command = Command(connection, "SELECT epoch, position, hash FROM site_head NATURAL JOIN site WHERE site_id = @site", ("@site", siteId));
        using var row = command.ExecuteReader();
        return row.Read() ? new SiteHead(siteId, row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)) : null;
    }

    /// <summary>Follows the chain back from the first mark beyond what is wanted, or from the head; see <see cref="JournalSchema"/>.</summary>
    public static List<JournalEntry> Entries(SqliteConnection connection, string siteId, long after, int count)
    {
        using var command = Command(
            connection,
            $"""
            WITH RECURSIVE chain (sequence, before, position) AS (
                SELECT sequence, before, position FROM entry WHERE sequence = (
                    SELECT coalesce(
                        (SELECT m.sequence FROM entry_mark m WHERE m.site_key = s.site_key AND m.position >= @last ORDER BY m.position LIMIT 1),
                        h.sequence)
                    FROM site s JOIN site_head h ON h.site_key = s.site_key WHERE s.site_id = @site) AND position > @after
                UNION ALL
                SELECT e.sequence, e.before, e.position FROM chain c CROSS JOIN entry e ON e.sequence = c.before WHERE e.position > @after)
            SELECT {Columns} FROM chain c CROSS JOIN entry e ON e.sequence = c.sequence CROSS JOIN site s ON s.site_key = e.site_key
            WHERE c.position <= @last
            """,
            ("@site", siteId),
            ("@after", after),
            ("@last", after + count));
        var entries = Read(command);
        entries.Sort((a, b) => a.Position.CompareTo(b.Position));
        return entries;
    }

    public static List<JournalEntry> Tail(SqliteConnection connection, long after, int count)
    {
        using var command = Command(
            connection,
            $"SELECT {Columns} FROM entry e JOIN site s ON s.site_key = e.site_key WHERE e.sequence > @after ORDER BY e.sequence LIMIT @count",
            ("@after", after),
            ("@count", count));
        return Read(command, JournalLimits.BytesPerTail);
    }

    public static SiteSnapshot? Snapshot(SqliteConnection connection, string siteId)
    {
        using var command = Command(
            connection,
            "SELECT epoch, position, hash, apply_version, state FROM snapshot NATURAL JOIN site WHERE site_id = @site",
            ("@site", siteId));
        using var row = command.ExecuteReader();
        return row.Read()
            ? new SiteSnapshot(siteId, row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2), row.GetInt32(3), row.GetFieldValue<byte[]>(4))
            : null;
    }

    private static List<JournalEntry> Read(SqliteCommand command, long bytes = long.MaxValue)
    {
        var entries = new List<JournalEntry>();
        using var row = command.ExecuteReader();
        while (bytes > 0 && row.Read())
        {
            entries.Add(new JournalEntry(
                row.GetInt64(0),
                row.GetString(1),
                row.GetInt64(2),
                row.GetInt64(3),
                (EntryKind)row.GetByte(4),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)),
                row.GetString(6),
                row.GetByte(7),
                row.GetInt32(8),
                row.GetInt32(9),
                row.GetFieldValue<byte[]>(10),
                row.GetFieldValue<byte[]>(11)));
            bytes -= entries[^1].Body.Length;
        }

        return entries;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }
}
