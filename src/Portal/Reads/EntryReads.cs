using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.Decoding;
using Earmark.Storage.Book;
using Earmark.Storage.Journal;

namespace Earmark.Portal.Reads;

/// <summary>One entry of a site's journal as evidence: what came, when, from whom, and the hash that chains it.</summary>
/// <param name="Json">A frame decoded, or a command as it was journaled; null for entries that have no such form.</param>
public sealed record EntrySeen(JournalEntry Entry, string Hex, string? Json);

public sealed class EntryReads(IJournal journal)
{
    /// <summary>Of a site the viewer may see. Null when the journal has no such position.</summary>
    public async Task<EntrySeen?> FindAsync(SiteRow site, long position, CancellationToken cancel)
    {
        if (position < 1 || await journal.ReadAsync(site.SiteId, position - 1, 1, cancel) is not [var entry] || entry.Position != position)
        {
            return null;
        }

        var shown = entry.Body.AsSpan(0, Math.Min(entry.Body.Length, PortalLimits.HexCharacters / 2));
        return new EntrySeen(entry, Convert.ToHexStringLower(shown), entry.Kind switch
        {
            EntryKind.Frame => NativeDecoder.DecodeRecorded(entry.Body, entry.Trust >= (byte)FrameTrust.Verified),
            EntryKind.Command => System.Text.Encoding.UTF8.GetString(entry.Body),
            _ => null,
        });
    }
}
