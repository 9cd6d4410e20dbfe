using System.Buffers.Binary;
using System.Text;
using Earmark.Storage.Journal;

namespace Earmark.Storage.Postgres;

/// <summary>
/// Writes entries in the binary format of COPY, big-endian: signature, then for each row the number of fields and each field
/// behind its length, at the end −1. Source: PostgreSQL documentation, "COPY", file formats, binary format.
/// </summary>
internal sealed class CopyRows
{
    /// <summary>In the order in which <see cref="Write"/> puts the fields.</summary>
    public const string Columns = "slot, position, epoch, at, period, site_key, codec, settings, kind, trust, hash, device_id, body";

    private const short Fields = 13;
    private const int FixedBytes = 2 + (4 * 12) + (4 * 8) + (2 * 6) + 4 + JournalLimits.HashBytes + 4 + 4;

    // Far past the provider's own buffer, so that pieces of this go straight to the socket.
    private const int BufferBytes = 256 * 1024;
    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n\0"u8, 0, 0, 0, 0, 0, 0, 0, 0];

    private readonly byte[] _buffer = new byte[BufferBytes];
    private Stream _stream = Stream.Null;
    private int _used;

    public void Begin(Stream stream)
    {
        _stream = stream;
        _used = 0;
        Header.CopyTo(Room(Header.Length));
        _used += Header.Length;
    }

    public void Write(long slot, int period, int siteKey, long epoch, long position, in NewEntry entry)
    {
        var row = Room(FixedBytes + AppendRules.DeviceIdLength);
        BinaryPrimitives.WriteInt16BigEndian(row, Fields);
        var at = Int64(row, 2, slot);
        at = Int64(row, at, position);
        at = Int64(row, at, epoch);
        at = Int64(row, at, entry.At.ToUnixTimeMilliseconds());
        at = Int32(row, at, period);
        at = Int32(row, at, siteKey);
        at = Int32(row, at, entry.CodecVersion);
        at = Int32(row, at, entry.SettingsVersion);
        at = Int16(row, at, (short)entry.Kind);
        at = Int16(row, at, entry.Trust);
        BinaryPrimitives.WriteInt32BigEndian(row[at..], JournalLimits.HashBytes);
        entry.Hash.CopyTo(row[(at + 4)..]);
        at += 4 + JournalLimits.HashBytes;
        var length = Encoding.ASCII.GetBytes(entry.DeviceId, row[(at + 4)..]);
        BinaryPrimitives.WriteInt32BigEndian(row[at..], length);
        at += 4 + length;
        BinaryPrimitives.WriteInt32BigEndian(row[at..], entry.Body.Length);
        _used += at + 4;
        Body(entry.Body.Span);
    }

    public void End()
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(2), -1);
        _used += 2;
        Flush();
        _stream = Stream.Null;
    }

    private void Body(ReadOnlySpan<byte> body)
    {
        if (body.Length > BufferBytes)
        {
            Flush();
            _stream.Write(body);
            return;
        }

        body.CopyTo(Room(body.Length));
        _used += body.Length;
    }

    private Span<byte> Room(int bytes)
    {
        if (BufferBytes - _used < bytes)
        {
            Flush();
        }

        return _buffer.AsSpan(_used);
    }

    private void Flush()
    {
        _stream.Write(_buffer, 0, _used);
        _used = 0;
    }

    private static int Int64(Span<byte> row, int at, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(row[at..], 8);
        BinaryPrimitives.WriteInt64BigEndian(row[(at + 4)..], value);
        return at + 12;
    }

    private static int Int32(Span<byte> row, int at, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(row[at..], 4);
        BinaryPrimitives.WriteInt32BigEndian(row[(at + 4)..], value);
        return at + 8;
    }

    private static int Int16(Span<byte> row, int at, short value)
    {
        BinaryPrimitives.WriteInt32BigEndian(row[at..], 2);
        BinaryPrimitives.WriteInt16BigEndian(row[(at + 4)..], value);
        return at + 6;
    }
}
