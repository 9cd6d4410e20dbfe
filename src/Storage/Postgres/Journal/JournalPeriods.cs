using Earmark.Storage.Journal;
using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>Opens periods ahead of the clock, and says what keeps one from being detached.</summary>
internal sealed class JournalPeriods(NpgsqlDataSource source)
{
    /// <summary>Sites named in a refusal.</summary>
    private const int Named = 10;

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<JournalPeriod>> ListAsync(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT period, opened_at, closed_at, before_first, last_sequence, archive, detached_at FROM journal.period ORDER BY period");
        await using var row = await command.ExecuteReaderAsync(cancel);
        var periods = new List<JournalPeriod>();
        while (await row.ReadAsync(cancel))
        {
            periods.Add(new JournalPeriod(row.GetInt32(0), Time(row, 1)!.Value, Time(row, 2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4), row.IsDBNull(5) ? null : row.GetString(5), Time(row, 6)));
        }

        return periods;
    }

    /// <summary>
    /// Closes the open period when it is at least so long and opens the next, whose tables were made before; then makes those of the
    /// one after. Any number of silos may ask at once. Answers whether a period was opened here.
    /// </summary>
    public async Task<bool> OpenNextAsync(TimeSpan longest, CancellationToken cancel)
    {
        await MakeAheadAsync(cancel);
        await using var open = source.CreateCommand("SELECT journal.open_period($1)");
        open.Parameters.Add(new() { Value = longest });
        var opened = await open.ExecuteScalarAsync(cancel) is int;
        if (opened)
        {
            await MakeAheadAsync(cancel);
        }

        return opened;
    }

    /// <summary>Why the period may not be detached now; null when it may.</summary>
    /// <param name="tailedTo">The last sequence every reader of the tail has passed.</param>
    public async Task<string?> HindranceAsync(int number, long tailedTo, CancellationToken cancel)
    {
        var periods = await ListAsync(cancel);
        if (periods.FirstOrDefault(period => period.Number == number) is not { } wanted)
        {
            return $"There is no period {number}.";
        }

        if (wanted.DetachedAt is not null)
        {
            return $"Period {number} is detached already.";
        }

        if (wanted.LastSequence is not { } last)
        {
            return $"Period {number} is still written to.";
        }

        if (periods.FirstOrDefault(period => period.Number < number && period.DetachedAt is null) is { } older)
        {
            return $"Period {older.Number} is older and still there; the oldest goes first.";
        }

        if (last > tailedTo)
        {
            return $"The History has read to sequence {tailedTo}; period {number} ends at {last}.";
        }

        var missing = await WithoutOpeningAsync(number, cancel);
        return missing.Count == 0
            ? null
            : $"{missing.Count} sites have no opening state after period {number}: {string.Join(", ", missing.Take(Named))}{(missing.Count > Named ? ", …" : ".")}";
    }

    /// <summary>Sites whose recomputation still needs entries of this period.</summary>
    public async Task<IReadOnlyList<string>> WithoutOpeningAsync(int number, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"""
            SELECT s.site_id
            FROM (SELECT site_key, max(position) AS last FROM journal.entry WHERE period = {number} GROUP BY site_key) l
            JOIN journal.site_head s ON s.site_key = l.site_key
            WHERE NOT EXISTS (
                SELECT 1 FROM journal.opening o JOIN journal.entry e ON e.site_key = o.site_key AND e.position = o.position + 1
                WHERE o.site_key = l.site_key AND o.position >= l.last AND e.kind = {(int)EntryKind.OpeningState})
            ORDER BY s.site_id
            """);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancel);
        var sites = new List<string>();
        while (await row.ReadAsync(cancel))
        {
            sites.Add(row.GetString(0));
        }

        return sites;
    }

    private async Task MakeAheadAsync(CancellationToken cancel)
    {
        await using var make = source.CreateCommand("SELECT journal.make_period(period + 1) FROM journal.tail");
        await make.ExecuteNonQueryAsync(cancel);
    }

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
