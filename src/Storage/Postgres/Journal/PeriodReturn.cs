using Earmark.Storage.Journal;
using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>Writes an archived period back into the database, in one transaction.</summary>
internal static class PeriodReturn
{
    /// <summary>Entries of one group; groups are made anew, sequences stay.</summary>
    private const int EntriesPerGroup = 1_000;

    /// <param name="archive">The proven file of the period that was detached last.</param>
    /// <exception cref="InvalidDataException">The file does not fit after all; nothing was changed.</exception>
    public static async Task FromAsync(NpgsqlDataSource source, ArchiveReader archive, CancellationToken cancel)
    {
        var (period, number) = (archive.Period, archive.Period.Period);
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await RunAsync(connection, $"SELECT journal.make_period({number})", cancel);
        var sequence = period.AfterSequence;
        foreach (var group in archive.Entries().Chunk(EntriesPerGroup))
        {
            var keys = await KeysAsync(connection, group, cancel);
            var first = (long)(await ScalarAsync(connection, "SELECT nextval('journal.group_number')", cancel))!;
            Copy(connection, number, first << JournalTables.SlotBits, group, keys);
            sequence += group.Length;
            await RunAsync(
                connection,
                $"INSERT INTO journal.entry_group (group_number, last_sequence, bytes, period, entries) VALUES ({first}, {sequence}, {group.Sum(entry => (long)entry.Body.Length)}, {number}, {group.Length})",
                cancel);
        }

        await UncutAsync(connection, archive, cancel);
        await transaction.CommitAsync(cancel);
    }

    private static void Copy(NpgsqlConnection connection, int number, long slot, JournalEntry[] group, Dictionary<string, int> keys)
    {
        using var stream = connection.BeginRawBinaryCopy($"COPY journal.entry_{number} ({CopyRows.Columns}) FROM STDIN (FORMAT BINARY)");
        var rows = new CopyRows();
        rows.Begin(stream);
        foreach (var entry in group)
        {
            rows.Write(slot++, number, keys[entry.SiteId], entry.Epoch, entry.Position, new NewEntry(
                entry.Kind, entry.At, entry.DeviceId, entry.Trust, entry.CodecVersion, entry.SettingsVersion, entry.Body, entry.Hash));
        }

        rows.End();
    }

    private static async Task<Dictionary<string, int>> KeysAsync(NpgsqlConnection connection, JournalEntry[] group, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT site_id, site_key FROM journal.site_head WHERE site_id = ANY($1)", connection);
        command.Parameters.Add(new() { Value = group.Select(entry => entry.SiteId).Distinct().ToArray() });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var keys = new Dictionary<string, int>(StringComparer.Ordinal);
        while (await row.ReadAsync(cancel))
        {
            keys.Add(row.GetString(0), row.GetInt32(1));
        }

        return keys;
    }

    /// <summary>Moves the cuts back to where the file's chains begin.</summary>
    private static async Task UncutAsync(NpgsqlConnection connection, ArchiveReader archive, CancellationToken cancel)
    {
        await RunAsync(connection, $"UPDATE journal.period SET detached_at = NULL WHERE period = {archive.Period.Period}", cancel);
        await using var uncut = new NpgsqlCommand(
            """
            UPDATE journal.site_head h SET cut_position = a.position, cut_hash = a.hash
            FROM unnest($1, $2, $3, $4) AS a (site_id, position, hash, cut)
            WHERE h.site_id = a.site_id AND h.cut_position = a.cut
            """,
            connection);
        uncut.Parameters.Add(new() { Value = archive.Sites.Select(chain => chain.SiteId).ToArray() });
        uncut.Parameters.Add(new() { Value = archive.Sites.Select(chain => chain.From.Position).ToArray() });
        uncut.Parameters.Add(new() { Value = archive.Sites.Select(chain => chain.From.Hash).ToArray() });
        uncut.Parameters.Add(new() { Value = archive.Sites.Select(chain => chain.To.Position).ToArray() });
        if (await uncut.ExecuteNonQueryAsync(cancel) != archive.Sites.Count)
        {
            throw new InvalidDataException("The file does not end where the chains were cut.");
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancel);
    }
}
