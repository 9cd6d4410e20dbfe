using Earmark.Storage.Journal;

namespace Earmark.Storage.Postgres;

/// <summary>Where kept chains begin, and the states from which sites are computed again.</summary>
internal sealed class JournalOpenings(JournalRows rows)
{
    private const string Vouched =
        $"EXISTS (SELECT 1 FROM journal.entry e WHERE e.site_key = o.site_key AND e.position = o.position + 1 AND e.kind = 5)";

    public Task<ChainCut?> CutAsync(string siteId, CancellationToken cancel) => rows.FirstAsync(
        "SELECT cut_position, cut_hash FROM journal.site_head WHERE site_id = $1 AND cut_position > 0",
        row => new ChainCut(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
        cancel,
        siteId);

    public Task<SiteSnapshot?> LoadAsync(string siteId, CancellationToken cancel) => rows.FirstAsync(
        $"""
        SELECT o.epoch, o.position, o.hash, o.apply_version, o.state FROM journal.opening o JOIN journal.site_head s USING (site_key)
        WHERE s.site_id = $1 AND {Vouched} ORDER BY o.position DESC LIMIT 1
        """,
        row => JournalRows.Snapshot(siteId, row),
        cancel,
        siteId);

    /// <summary>Also forgets those that a newer one, already vouched for, has replaced. A state an entry vouches for is never changed.</summary>
    public async Task<bool> SaveAsync(SiteSnapshot state, CancellationToken cancel)
    {
        var saved = await rows.FirstAsync(
            $"""
            INSERT INTO journal.opening AS o (site_key, epoch, position, hash, apply_version, state)
            SELECT site_key, $2, $3, $4, $5, $6 FROM journal.site_head WHERE site_id = $1
            ON CONFLICT (site_key, position) DO UPDATE SET epoch = excluded.epoch, hash = excluded.hash,
                apply_version = excluded.apply_version, state = excluded.state
            WHERE NOT {Vouched} RETURNING site_key
            """,
            _ => "saved",
            cancel,
            state.SiteId,
            state.Epoch,
            state.Position,
            state.Hash,
            state.ApplyVersion,
            state.State) is not null;
        await rows.ListAsync(
            $"""
            DELETE FROM journal.opening old USING journal.site_head s
            WHERE s.site_id = $1 AND old.site_key = s.site_key
                AND old.position < (SELECT max(o.position) FROM journal.opening o WHERE o.site_key = old.site_key AND {Vouched})
            """,
            row => row.FieldCount,
            cancel,
            state.SiteId);
        return saved;
    }
}
