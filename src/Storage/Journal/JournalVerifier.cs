using System.Security.Cryptography;

namespace Earmark.Storage.Journal;

/// <param name="BrokenAt">Position of the first entry that is missing or whose hash is not the chain's; null when all is whole.</param>
public sealed record ChainVerdict(string SiteId, long Entries, long? BrokenAt, string? Because)
{
    public bool IsWhole => BrokenAt is null;
}

/// <summary>Walks a site's entries from the first and recomputes the chain up to the head: a changed, missing or extra byte shows.</summary>
public static class JournalVerifier
{
    private const int Step = 1_000;

    public static async Task<ChainVerdict> VerifyAsync(IJournal journal, string siteId, CancellationToken cancel = default)
    {
        var head = await journal.HeadAsync(siteId, cancel);
        if (head is null)
        {
            return new ChainVerdict(siteId, 0, null, null);
        }

        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (position, hash) = (0L, ChainHash.Origin);
        while (position < head.Position)
        {
            // Never beyond the head that was read: the site may go on writing.
            var entries = await journal.ReadAsync(siteId, position, (int)Math.Min(Step, head.Position - position), cancel);
            if (entries.Count == 0)
            {
                return new ChainVerdict(siteId, position, position + 1, "missing entry");
            }

            foreach (var entry in entries)
            {
                hash = Next(sha, hash, entry);
                if (Fault(entry, position + 1, hash) is { } fault)
                {
                    return new ChainVerdict(siteId, position, position + 1, fault);
                }

                position++;
            }
        }

        return hash.AsSpan().SequenceEqual(head.Hash)
            ? new ChainVerdict(siteId, position, null, null)
            : new ChainVerdict(siteId, position, position, "the head is not the last entry's hash");
    }

    private static string? Fault(JournalEntry entry, long expected, byte[] hash) =>
        entry.Position != expected ? "missing entry"
        : !hash.AsSpan().SequenceEqual(entry.Hash) ? "changed entry"
        : null;

    private static byte[] Next(IncrementalHash sha, byte[] previous, JournalEntry entry) => ChainHash.Next(
        sha, previous, entry.Position, entry.Kind, entry.Trust, entry.At, entry.CodecVersion, entry.SettingsVersion, entry.DeviceId, entry.Body);
}
