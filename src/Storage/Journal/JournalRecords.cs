namespace Earmark.Storage.Journal;

/// <summary>What an entry is. Values are in the journal: never renumber.</summary>
public enum EntryKind : byte
{
    Frame = 1,
    Tick = 2,
    Command = 3,

    /// <summary>Marks an entry whose application threw: its body names the position. The fold skips that entry.</summary>
    Quarantine = 4,

    /// <summary>Snapshot hash and chain head before a time partition is detached.</summary>
    OpeningState = 5,
}

/// <summary>The fence of one site.</summary>
/// <param name="Hash">Chain head, <see cref="JournalLimits.HashBytes"/> bytes.</param>
public sealed record SiteHead(string SiteId, long Epoch, long Position, byte[] Hash);

/// <summary>Entries a site wants appended after <paramref name="ExpectedPosition"/>; the head then moves to their last.</summary>
public sealed record JournalAppend(
    string SiteId,
    long Epoch,
    long ExpectedPosition,
    IReadOnlyList<NewEntry> Entries,
    byte[] NewHash);

/// <param name="At">Entry time: max(now, the last entry's).</param>
/// <param name="DeviceId">The authenticated sender of a frame; empty otherwise.</param>
/// <param name="Trust">0 hint, 1 verified; only for frames.</param>
/// <param name="CodecVersion">Version of the code that decodes the body.</param>
/// <param name="SettingsVersion">Version of the site's settings in force.</param>
/// <param name="Hash">Chain hash up to and including this entry.</param>
public readonly record struct NewEntry(
    EntryKind Kind,
    DateTimeOffset At,
    string DeviceId,
    byte Trust,
    int CodecVersion,
    int SettingsVersion,
    ReadOnlyMemory<byte> Body,
    byte[] Hash);

/// <param name="Sequence">Order of commit over all sites, gaps allowed.</param>
public sealed record JournalEntry(
    long Sequence,
    string SiteId,
    long Epoch,
    long Position,
    EntryKind Kind,
    DateTimeOffset At,
    string DeviceId,
    byte Trust,
    int CodecVersion,
    int SettingsVersion,
    byte[] Body,
    byte[] Hash);

/// <param name="ApplyVersion">Version of the fold that made it; a newer unknown one is never loaded.</param>
public sealed record SiteSnapshot(string SiteId, long Epoch, long Position, byte[] Hash, int ApplyVersion, byte[] State);
