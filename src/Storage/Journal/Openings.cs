using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Earmark.Storage.Journal;

/// <summary>Where the kept part of a site's chain begins: the entries up to <paramref name="Position"/> lie in archive files.</summary>
/// <param name="Hash">Of the entry at that position.</param>
public sealed record ChainCut(long Position, byte[] Hash);

/// <summary>
/// Body of an <see cref="EntryKind.OpeningState"/> entry: what the state was that the entries before it make. It follows the entry it names.
/// </summary>
/// <param name="Position">Of the last entry folded into the state.</param>
/// <param name="ChainHead">Its hash.</param>
/// <param name="StateHash">SHA-256 of the state.</param>
public sealed record OpeningState(long Position, byte[] ChainHead, byte[] StateHash)
{
    public const int Bytes = 8 + (2 * JournalLimits.HashBytes);

    public static OpeningState Of(SiteSnapshot state) => new(state.Position, state.Hash, SHA256.HashData(state.State));

    /// <summary>Layout: position i64 little-endian · chain head 32 · state hash 32.</summary>
    public byte[] Write()
    {
        var body = new byte[Bytes];
        BinaryPrimitives.WriteInt64LittleEndian(body, Position);
        ChainHead.CopyTo(body, 8);
        StateHash.CopyTo(body, 8 + JournalLimits.HashBytes);
        return body;
    }

    /// <exception cref="InvalidDataException">The body has another size.</exception>
    public static OpeningState Read(ReadOnlySpan<byte> body) => body.Length == Bytes
        ? new OpeningState(
            BinaryPrimitives.ReadInt64LittleEndian(body),
            body.Slice(8, JournalLimits.HashBytes).ToArray(),
            body[(8 + JournalLimits.HashBytes)..].ToArray())
        : throw new InvalidDataException($"An opening state has {Bytes} bytes.");

    /// <summary>Whether the entry is the one that vouches for the state: the one right after it, naming its chain head and its hash.</summary>
    public static bool Vouches(JournalEntry entry, SiteSnapshot state)
    {
        if (entry.Kind != EntryKind.OpeningState || entry.Position != state.Position + 1 || entry.Body.Length != Bytes)
        {
            return false;
        }

        var said = Read(entry.Body);
        return said.Position == state.Position
            && said.ChainHead.AsSpan().SequenceEqual(state.Hash)
            && said.StateHash.AsSpan().SequenceEqual(SHA256.HashData(state.State));
    }
}
