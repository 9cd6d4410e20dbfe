using System.Buffers.Binary;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Microsoft.Win32.SafeHandles;

namespace Earmark.DeviceSim.Link;

/// <summary>
/// One file of the outbox: records of length (u32, little endian) and frame. The frame's own CRC tells a whole record from one that
/// was being written when the power went.
/// </summary>
public sealed class OutboxSegment : IDisposable
{
    private const int LengthBytes = 4;
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private int _unsettled;

    private OutboxSegment(string path, SafeFileHandle file)
    {
        _path = path;
        _file = file;
    }

    public long Length { get; private set; }

    public int Unsettled => Volatile.Read(ref _unsettled);

    public static OutboxSegment Create(string path) =>
        new(path, File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read));

    /// <summary>Opens a file of an earlier run, cuts off a torn end, and gives its frames in order.</summary>
    public static OutboxSegment Open(string path, List<StoredFrame> frames)
    {
        var segment = new OutboxSegment(path, File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read));
        byte[] all = File.ReadAllBytes(path);
        int at = 0;
        while (TryReadRecord(all.AsSpan(at), out EnvelopeHeader header, out int length))
        {
            bool backlog = (header.Flags & FrameFlags.Backlog) != 0;
            frames.Add(new StoredFrame(segment, at + LengthBytes, length, header.Device, header.Identity, backlog));
            segment._unsettled++;
            at += LengthBytes + length;
        }

        if (at < all.Length)
        {
            RandomAccess.SetLength(segment._file, at);
        }

        segment.Length = at;
        return segment;
    }

    /// <summary>Adds a record; it is safe once <see cref="Sync"/> returns.</summary>
    public StoredFrame Append(ReadOnlySpan<byte> frame, DeviceName device, FrameIdentity identity, bool backlog)
    {
        Span<byte> record = stackalloc byte[LengthBytes + EnvelopeCodec.MaxFrameLength];
        BinaryPrimitives.WriteInt32LittleEndian(record, frame.Length);
        frame.CopyTo(record[LengthBytes..]);
        RandomAccess.Write(_file, record[..(LengthBytes + frame.Length)], Length);
        var stored = new StoredFrame(this, Length + LengthBytes, frame.Length, device, identity, backlog);
        Length += LengthBytes + frame.Length;
        Interlocked.Increment(ref _unsettled);
        return stored;
    }

    public void Sync() => RandomAccess.FlushToDisk(_file);

    public byte[] Read(long offset, int length)
    {
        byte[] bytes = new byte[length];
        return RandomAccess.Read(_file, bytes, offset) == length
            ? bytes
            : throw new IOException($"{_path} is shorter than it was.");
    }

    /// <returns>How many of its frames are still unsettled.</returns>
    public int Settle() => Interlocked.Decrement(ref _unsettled);

    public void Delete()
    {
        _file.Dispose();
        File.Delete(_path);
    }

    public void Dispose() => _file.Dispose();

    private static bool TryReadRecord(ReadOnlySpan<byte> rest, out EnvelopeHeader header, out int length)
    {
        header = default;
        length = 0;
        if (rest.Length < LengthBytes)
        {
            return false;
        }

        length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        return length > 0 && length <= rest.Length - LengthBytes
            && EnvelopeCodec.TryRead(rest.Slice(LengthBytes, length), out header, out _);
    }
}
