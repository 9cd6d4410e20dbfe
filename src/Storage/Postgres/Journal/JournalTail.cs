using Earmark.Storage.Journal;

namespace Earmark.Storage.Postgres;

/// <summary>
/// Entries of all sites in order of commit. Sequences are given at the commit under one lock and have no gaps, so what is seen up
/// to a sequence is all there is up to it, however many silos write. Entries that were detached are passed by.
/// </summary>
internal sealed class JournalTail(JournalRows rows)
{
    private const int GroupsPerRead = 2_000;

    private sealed record Group(int Period, long Number, long First, long Last, long Bytes);

    /// <exception cref="InvalidDataException">An entry that must be there is not.</exception>
    public async Task<IReadOnlyList<JournalEntry>> ReadAsync(long after, int count, CancellationToken cancel)
    {
        var groups = await rows.ListAsync(
            $"""
            SELECT period, group_number, last_sequence - entries + 1, last_sequence, bytes FROM journal.entry_group
            WHERE last_sequence > $1 ORDER BY last_sequence LIMIT {GroupsPerRead}
            """,
            row => new Group(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4)),
            cancel,
            after);
        var wanted = Enough(groups, after, count);
        if (wanted.Count == 0 || count <= 0)
        {
            return [];
        }

        var entries = await EntriesAsync(wanted, Math.Max(after, wanted[0].First - 1), count, cancel);
        return Bounded(entries);
    }

    /// <summary>As many groups as hold what was asked for.</summary>
    private static List<Group> Enough(List<Group> groups, long after, int count)
    {
        var (entries, bytes, taken) = (0L, 0L, 0);
        while (taken < groups.Count && entries < count && bytes < JournalLimits.BytesPerTail)
        {
            var group = groups[taken++];
            entries += group.Last - Math.Max(after, group.First - 1);
            bytes += group.Bytes;
        }

        return groups[..taken];
    }

    private async Task<List<JournalEntry>> EntriesAsync(List<Group> groups, long after, int count, CancellationToken cancel)
    {
        var entries = await rows.ListAsync(
            """
            SELECT e.slot, s.site_id, e.epoch, e.position, e.kind, e.at, e.device_id, e.trust, e.codec, e.settings, e.body, e.hash, g.first
            FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS g (period, low, high, first, turn)
            CROSS JOIN LATERAL (
                SELECT * FROM journal.entry e WHERE e.period = g.period AND e.slot >= g.low AND e.slot < g.high ORDER BY e.slot LIMIT $5) e
            JOIN journal.site_head s ON s.site_key = e.site_key
            ORDER BY g.turn, e.slot LIMIT $5
            """,
            JournalRows.Entry,
            cancel,
            groups.Select(group => group.Period).ToArray(),
            groups.Select(group => (group.Number << JournalTables.SlotBits) + Math.Max(0, after + 1 - group.First)).ToArray(),
            groups.Select(group => (group.Number + 1) << JournalTables.SlotBits).ToArray(),
            groups.Select(group => group.First).ToArray(),
            count);
        var expected = Math.Min(count, groups[^1].Last - after);
        return entries.Count == expected && entries[^1].Sequence == after + expected
            ? entries
            : throw new InvalidDataException($"The journal's entries after sequence {after} are not all there: {entries.Count} of {expected}.");
    }

    private static List<JournalEntry> Bounded(List<JournalEntry> entries)
    {
        var bytes = 0L;
        var taken = 0;
        while (taken < entries.Count && bytes < JournalLimits.BytesPerTail)
        {
            bytes += entries[taken++].Body.Length;
        }

        return entries[..taken];
    }
}
