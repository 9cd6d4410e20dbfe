namespace Earmark.Storage.Journal;

/// <summary>
/// A detached period of the journal as one file, which anybody can verify without the database: little-endian,
/// <c>"EMJA" · version u8 · period i32 · after sequence i64 · last sequence i64</c>, then records behind a tag byte:
/// <list type="bullet">
/// <item>1, a site before its first entry: <c>name length u8 · name UTF-8 · position i64 · hash 32</c>, what its chain goes on from; sites are numbered from 0 in this order</item>
/// <item>2, an entry: <c>site i32 · epoch i64 · position i64 · kind u8 · trust u8 · at i64 Unix ms · codec i32 · settings i32 · device length u8 · device ASCII · body length i32 · body · hash 32</c>; sequences follow each other</item>
/// <item>3, the end: <c>entries i64</c>, then the SHA-256 of all bytes before it</item>
/// </list>
/// </summary>
public static class JournalArchive
{
    public const byte Version = 1;

    internal const byte SiteTag = 1;
    internal const byte EntryTag = 2;
    internal const byte EndTag = 3;

    internal static ReadOnlySpan<byte> Magic => "EMJA"u8;
}

/// <param name="AfterSequence">The last sequence of the period before; entries have the ones after it, up to <paramref name="LastSequence"/>.</param>
public sealed record ArchivedPeriod(int Period, long AfterSequence, long LastSequence);

/// <summary>The piece of a site's chain that lies in an archive.</summary>
/// <param name="From">The head before its first entry.</param>
/// <param name="To">The head after its last.</param>
public sealed record ArchivedChain(string SiteId, ChainCut From, ChainCut To);
