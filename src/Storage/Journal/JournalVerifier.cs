using System.Security.Cryptography;

namespace Earmark.Storage.Journal;

/// <param name="Entries">How many are whole.</param>
/// <param name="BrokenAt">Position of the first entry that is missing or whose hash is not the chain's; null when all is whole.</param>
public sealed record ChainVerdict(string SiteId, long Entries, long? BrokenAt, string? Because)
{
    public bool IsWhole => BrokenAt is null;
}

/// <summary>Walks a site's entries from the first that is kept and recomputes the chain up to the head: a changed, missing or extra byte shows.</summary>
public static class JournalVerifier
{
    private const int Step = 1_000;

    public static async Task<ChainVerdict> VerifyAsync(IJournal journal, string siteId, CancellationToken cancel = default)
    {
        while (true)
        {
            var cut = await CutAsync(journal, siteId, cancel);
            var verdict = await FromAsync(journal, siteId, cut, cancel);

            // A period detached meanwhile takes entries away that were wanted: then it begins after them.
            if (verdict.IsWhole || (await CutAsync(journal, siteId, cancel)).Position == cut.Position)
            {
                return verdict;
            }
        }
    }

    private static async Task<ChainVerdict> FromAsync(IJournal journal, string siteId, ChainCut cut, CancellationToken cancel)
    {
        var head = await journal.HeadAsync(siteId, cancel);
        if (head is null)
        {
            return new ChainVerdict(siteId, 0, null, null);
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (position, hash) = (cut.Position, cut.Hash);
        while (position < head.Position)
        {
            // Never beyond the head that was read: the site may go on writing.
            var entries = await journal.ReadAsync(siteId, position, (int)Math.Min(Step, head.Position - position), cancel);
            if (entries.Count == 0)
            {
                return new ChainVerdict(siteId, position - cut.Position, position + 1, "missing entry");
            }

            foreach (var entry in entries)
            {
                hash = Next(sha, hash, entry);
                if (Fault(entry, position + 1, hash) is { } fault)
                {
                    return new ChainVerdict(siteId, position - cut.Position, position + 1, fault);
                }

                position++;
            }
        }

        return hash.AsSpan().SequenceEqual(head.Hash)
            ? new ChainVerdict(siteId, position - cut.Position, null, null)
            : new ChainVerdict(siteId, position - cut.Position, position, "the head is not the last entry's hash");
    }

    private static async Task<ChainCut> CutAsync(IJournal journal, string siteId, CancellationToken cancel) =>
        await journal.CutAsync(siteId, cancel) ?? new ChainCut(0, ChainHash.Origin);

    private static string? Fault(JournalEntry entry, long expected, byte[] hash) =>
        entry.Position != expected ? "missing entry"
        : !hash.AsSpan().SequenceEqual(entry.Hash) ? "changed entry"
        : null;

    private static byte[] Next(IncrementalHash sha, byte[] previous, JournalEntry entry) => ChainHash.Next(
        sha, previous, entry.Position, entry.Kind, entry.Trust, entry.At, entry.CodecVersion, entry.SettingsVersion, entry.DeviceId, entry.Body);
}
