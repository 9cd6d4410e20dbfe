using Earmark.Storage.Journal;

namespace Earmark.Silo.Sites;

/// <summary>One journal entry as the fold sees it; what it can see is what the chain hashes.</summary>
internal readonly record struct FoldEntry(
    long Position, EntryKind Kind, DateTimeOffset At, string DeviceId, byte Trust, int CodecVersion, ReadOnlyMemory<byte> Body)
{
    public static FoldEntry Of(JournalEntry entry) =>
        new(entry.Position, entry.Kind, entry.At, entry.DeviceId, entry.Trust, entry.CodecVersion, entry.Body);
}
