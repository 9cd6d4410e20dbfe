using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Earmark.Gateway.Outbox;

/// <summary>
/// One frame in an outbox file: length of all behind the check (u32), check (first 8 bytes of SHA-256 over it), received at (i64, ms),
/// length of the device's name (u8), name, frame. Little endian.
/// </summary>
internal static class OutboxRecord
{
    public const int HeaderLength = 12;
    private const int FixedLength = 9;
    private const int CheckLength = 8;
    private const int LongestBody = 64 * 1024;

    public static int Length(OutboxFrame frame) => HeaderLength + FixedLength + frame.DeviceId.Length + frame.Bytes.Length;

    public static void Write(OutboxFrame frame, Stream file)
    {
        var record = new byte[Length(frame)];
        var body = record.AsSpan(HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(body, frame.ReceivedAt.ToUnixTimeMilliseconds());
        body[8] = (byte)frame.DeviceId.Length;
        Encoding.ASCII.GetBytes(frame.DeviceId, body[FixedLength..]);
        frame.Bytes.CopyTo(body[(FixedLength + frame.DeviceId.Length)..]);
        BinaryPrimitives.WriteInt32LittleEndian(record, body.Length);
        Check(body, record.AsSpan(4, CheckLength));
        file.Write(record);
    }

    /// <summary>Null at the end of the file, and where a write was cut off: nothing behind that was ever synced.</summary>
    public static OutboxFrame? Read(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (file.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength
            || BinaryPrimitives.ReadInt32LittleEndian(header) is not (> FixedLength and <= LongestBody and var length))
        {
            return null;
        }
        var body = new byte[length];
        Span<byte> check = stackalloc byte[CheckLength];
        if (file.ReadAtLeast(body, length, throwOnEndOfStream: false) < length)
        {
            return null;
        }
        Check(body, check);
        if (!check.SequenceEqual(header[4..]) || body.Length < FixedLength + body[8])
        {
            return null;
        }
        return new OutboxFrame(
            Encoding.ASCII.GetString(body, FixedLength, body[8]),
            DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(body)),
            body[(FixedLength + body[8])..]);
    }

    private static void Check(ReadOnlySpan<byte> body, Span<byte> check)
    {
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, whole);
        whole[..CheckLength].CopyTo(check);
    }
}

/// <param name="ReceivedAt">Domain time at which the gateway first had it.</param>
internal sealed record OutboxFrame(string DeviceId, DateTimeOffset ReceivedAt, byte[] Bytes);
