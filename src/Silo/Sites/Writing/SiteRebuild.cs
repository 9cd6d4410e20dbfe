using Earmark.Contracts.Sites;
using Earmark.Storage.Journal;

namespace Earmark.Silo.Sites.Writing;

/// <summary>A site computed again from its journal alone, its chain verified on the way.</summary>
/// <param name="StateHash">SHA-256 of the canonical state, lower-case hex; equal states, equal hashes.</param>
/// <param name="Quarantined">Entries that threw and are left out of the fold.</param>
public sealed record RebuiltSite(string SiteId, long Position, string ChainHead, string StateHash, int Assets, int Quarantined);

/// <summary>Recomputation for <c>earmark rebuild</c> and for whoever doubts a value.</summary>
public static class SiteRebuild
{
    /// <summary>Null for a site never seen, or one that has no entry at <paramref name="until"/>.</summary>
    /// <param name="until">Position to stop at; null for the head.</param>
    /// <exception cref="InvalidDataException">The chain does not hold; the message says where.</exception>
    public static async Task<RebuiltSite?> FromNothingAsync(IJournal journal, SiteKind kind, string siteId, long? until, CancellationToken cancel)
    {
        var fold = await FoldAsync(journal, kind, siteId, until, cancel);
        return fold is null ? null : Told(fold.Value.Fold, fold.Value.Head);
    }

    /// <summary>The same up to the head, and the state kept as snapshot where none is newer, so that the next start is short.</summary>
    /// <exception cref="InvalidDataException">The chain does not hold; the message says where.</exception>
    public static async Task<RebuiltSite?> KeepAsync(IJournal journal, SiteKind kind, string siteId, CancellationToken cancel)
    {
        if (await FoldAsync(journal, kind, siteId, null, cancel) is not { } rebuilt)
        {
            return null;
        }

        var (fold, head) = rebuilt;
        await journal.SaveSnapshotAsync(new SiteSnapshot(siteId, head.Epoch, head.Position, head.Hash, SiteFold.ApplyVersion, fold.Snapshot()), cancel);
        return Told(fold, head);
    }

    private static async Task<(SiteFold Fold, SiteHead Head)?> FoldAsync(
        IJournal journal, SiteKind kind, string siteId, long? until, CancellationToken cancel)
    {
        var head = await journal.HeadAsync(siteId, cancel);
        if (head is not null && until is { } position && position < head.Position)
        {
            var last = position > 0 ? await journal.ReadAsync(siteId, position - 1, 1, cancel) : [];
            head = last is [var entry] ? head with { Position = position, Hash = entry.Hash } : null;
        }

        return head is null
            ? null
            : (await new SiteReplay(journal, () => SiteReplay.NewFold(kind, siteId)).FoldAsync(head, null, cancel), head);
    }

    private static RebuiltSite Told(SiteFold fold, SiteHead head) => new(
        fold.SiteId,
        head.Position,
        Convert.ToHexStringLower(head.Hash),
        Convert.ToHexStringLower(fold.StateHash()),
        fold.AssetCount,
        fold.Core.Quarantined.Count);
}
