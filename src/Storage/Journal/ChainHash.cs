using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Earmark.Storage.Journal;

/// <summary>
/// The hash chain of a site: SHA-256 over the previous hash and everything of the entry that the fold can see.
/// Chain heads are exported to the institution; that makes the journal evidence.
/// </summary>
public static class ChainHash
{
    public static readonly byte[] Origin = new byte[JournalLimits.HashBytes];

    /// <summary>Layout hashed: previous 32 · position i64 · kind u8 · trust u8 · at i64 (Unix ms) · codec i32 · settings i32 · device length u8 · device ASCII · body.</summary>
    public static byte[] Next(
        IncrementalHash hash,
        ReadOnlySpan<byte> previous,
        long position,
        EntryKind kind,
        byte trust,
        DateTimeOffset at,
        int codecVersion,
        int settingsVersion,
        string deviceId,
        ReadOnlySpan<byte> body)
    {
        Span<byte> head = stackalloc byte[8 + 1 + 1 + 8 + 4 + 4 + 1 + 64];
        BinaryPrimitives.WriteInt64LittleEndian(head, position);
        head[8] = (byte)kind;
        head[9] = trust;
        BinaryPrimitives.WriteInt64LittleEndian(head[10..], at.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32LittleEndian(head[18..], codecVersion);
        BinaryPrimitives.WriteInt32LittleEndian(head[22..], settingsVersion);
        var length = Encoding.ASCII.GetBytes(deviceId, head[27..]);
        head[26] = (byte)length;
        hash.AppendData(previous);
        hash.AppendData(head[..(27 + length)]);
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }
}
