using System.Globalization;
using Earmark.Storage.Journal;
using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>
/// Moves a period from the database into an archive file and back. The file is on disk and proven before a row goes; writers and
/// readers of other periods go on meanwhile. Each step may be cut short and is finished by the next call.
/// </summary>
internal sealed class PeriodArchiving(NpgsqlDataSource source, JournalRows rows, JournalTail tail, JournalPeriods periods)
{
    private const int EntriesPerRead = 2_000;

    // Groups first: where they are gone the tail passes the period by, and asks for none of its entries.
    private static readonly string[] Tables = ["entry_group", "entry"];

    /// <exception cref="InvalidDataException">What was written can't be proven; nothing was detached.</exception>
    public async Task<Detachment> DetachAsync(int number, string folder, long tailedTo, CancellationToken cancel)
    {
        await using var guard = await ArchivingGuard.TakeAsync(source, cancel);
        await FinishAsync(cancel);
        if (await periods.HindranceAsync(number, tailedTo, cancel) is { } hindrance)
        {
            return new Detachment(hindrance, null, 0);
        }

        var period = (await periods.ListAsync(cancel)).Single(found => found.Number == number);
        var archived = new ArchivedPeriod(number, period.AfterSequence, period.LastSequence!.Value);
        var name = string.Create(CultureInfo.InvariantCulture, $"journal-{number:000000}.emja");
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(folder);
        await WriteAsync(archived, path + ".part", cancel);
        var (proven, chains, digest) = Prove(path + ".part");
        if (proven != archived)
        {
            throw new InvalidDataException($"The archive of period {number} is of another period.");
        }

        ArchiveFiles.Keep(path + ".part", path);
        await CutAsync(number, name, chains, digest, cancel);
        await FinishAsync(cancel);
        return new Detachment(null, path, archived.LastSequence - archived.AfterSequence);
    }

    /// <summary>Brings the newest detached period back from its file.</summary>
    /// <returns>Why it was not; null when it was.</returns>
    /// <exception cref="InvalidDataException">The file is not whole; nothing was changed.</exception>
    public async Task<string?> AttachAsync(string path, CancellationToken cancel)
    {
        await using var guard = await ArchivingGuard.TakeAsync(source, cancel);
        await FinishAsync(cancel);
        var (archived, _, digest) = Prove(path);
        var last = (await periods.ListAsync(cancel)).LastOrDefault(period => period.DetachedAt is not null);
        if (last?.Number != archived.Period)
        {
            return last is null ? "No period is detached." : $"The file holds period {archived.Period}; {last.Number} was detached last and comes back first.";
        }

        var known = await rows.FirstAsync("SELECT archive_hash FROM journal.period WHERE period = $1", row => row.GetFieldValue<byte[]>(0), cancel, archived.Period);
        if (!digest.AsSpan().SequenceEqual(known))
        {
            return "The file is whole, but not the one this journal was archived to.";
        }

        await using var file = Open(path);
        using var archive = new ArchiveReader(file);
        await PeriodReturn.FromAsync(source, archive, cancel);
        return null;
    }

    private async Task WriteAsync(ArchivedPeriod period, string path, CancellationToken cancel)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var archive = new ArchiveWriter(file, period);
        var cuts = (await rows.ListAsync(
            "SELECT site_id, cut_position, cut_hash FROM journal.site_head",
            row => (Site: row.GetString(0), Cut: new ChainCut(row.GetInt64(1), row.GetFieldValue<byte[]>(2))),
            cancel)).ToDictionary(site => site.Site, site => site.Cut, StringComparer.Ordinal);
        for (var sequence = period.AfterSequence; sequence < period.LastSequence;)
        {
            foreach (var entry in await tail.ReadAsync(sequence, (int)Math.Min(EntriesPerRead, period.LastSequence - sequence), cancel))
            {
                if (!archive.Knows(entry.SiteId))
                {
                    archive.AddSite(entry.SiteId, cuts[entry.SiteId]);
                }

                archive.Add(entry);
                sequence = entry.Sequence;
            }
        }

        archive.Finish();
        file.Flush(flushToDisk: true);
    }

    private static (ArchivedPeriod Period, IReadOnlyList<ArchivedChain> Chains, byte[] Digest) Prove(string path)
    {
        using var file = Open(path);
        using var archive = new ArchiveReader(file);
        _ = archive.Entries().LongCount();
        return (archive.Period, archive.Sites, archive.Digest!);
    }

    /// <summary>From here on verification begins after the period, and it counts as detached.</summary>
    private async Task CutAsync(int number, string name, IReadOnlyList<ArchivedChain> chains, byte[] digest, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var cut = new NpgsqlCommand(
            """
            UPDATE journal.site_head h SET cut_position = a.position, cut_hash = a.hash
            FROM unnest($1, $2, $3, $4) AS a (site_id, position, hash, before)
            WHERE h.site_id = a.site_id AND h.cut_position = a.before
            """,
            connection,
            transaction))
        {
            cut.Parameters.Add(new() { Value = chains.Select(chain => chain.SiteId).ToArray() });
            cut.Parameters.Add(new() { Value = chains.Select(chain => chain.To.Position).ToArray() });
            cut.Parameters.Add(new() { Value = chains.Select(chain => chain.To.Hash).ToArray() });
            cut.Parameters.Add(new() { Value = chains.Select(chain => chain.From.Position).ToArray() });
            if (await cut.ExecuteNonQueryAsync(cancel) != chains.Count)
            {
                throw new InvalidDataException($"The archive of period {number} does not go on from where the chains were cut.");
            }
        }

        await using (var mark = new NpgsqlCommand("UPDATE journal.period SET archive = $2, archive_hash = $3, detached_at = clock_timestamp() WHERE period = $1", connection, transaction))
        {
            mark.Parameters.Add(new() { Value = number });
            mark.Parameters.Add(new() { Value = name });
            mark.Parameters.Add(new() { Value = digest });
            await mark.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>Takes away the tables of periods that count as detached: without waiting locks, and again where it was cut short.</summary>
    private async Task FinishAsync(CancellationToken cancel)
    {
        foreach (var table in Tables)
        {
            var left = await rows.ListAsync(
                $"""
                SELECT p.period, i.inhdetachpending FROM journal.period p
                LEFT JOIN pg_inherits i ON i.inhrelid = to_regclass('journal.{table}_' || p.period)
                WHERE p.detached_at IS NOT NULL AND to_regclass('journal.{table}_' || p.period) IS NOT NULL
                """,
                row => (Number: row.GetInt32(0), Pending: row.IsDBNull(1) ? (bool?)null : row.GetBoolean(1)),
                cancel);
            foreach (var (number, pending) in left)
            {
                if (pending is { } started)
                {
                    await RunAsync($"ALTER TABLE journal.{table} DETACH PARTITION journal.{table}_{number} {(started ? "FINALIZE" : "CONCURRENTLY")}", cancel);
                }

                await RunAsync($"DROP TABLE journal.{table}_{number}", cancel);
            }
        }
    }

    private async Task RunAsync(string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20);
}
