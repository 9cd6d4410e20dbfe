using System.Buffers.Binary;

namespace Earmark.FirmwareProtocols.Envelope;

/// <summary>
/// The envelope around every native payload, as laid out in <c>spec.md</c> beside this file: 40 bytes of header, payload, CRC-16, MAC.
/// Reading never throws and allocates nothing. It does not check the MAC: that is <see cref="FrameKey.Verifies"/>, once the device is known.
/// </summary>
public static class EnvelopeCodec
{
    public const int HeaderLength = 40;
    public const int CrcLength = 2;
    public const int MacLength = 16;
    public const int OverheadLength = HeaderLength + CrcLength + MacLength;
    public const int MaxFrameLength = 4096;
    public const int MaxPayloadLength = MaxFrameLength - OverheadLength;
    public const byte Version = 1;

    /// <summary>2100-01-01T00:00:00Z, exclusive. A later time is a broken clock, not a time.</summary>
    public const long MaxTimeUnixMilliseconds = 4_102_444_800_000;

    private const FrameFlags KnownFlags = FrameFlags.Backlog | FrameFlags.ClockUnsynchronised | FrameFlags.Tamper;

    /// <summary>Reads and checks everything but the MAC and the payload's own fields.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out EnvelopeHeader header, out Refusal refusal)
    {
        header = default;
        if (!Frames(frame, out refusal))
        {
            return false;
        }
        bool named = DeviceName.TryRead(frame.Slice(Offsets.Device, DeviceName.MaxLength), out DeviceName device);
        EnvelopeHeader read = new(
            (DeviceKind)frame[Offsets.Kind],
            device,
            BinaryPrimitives.ReadUInt32LittleEndian(frame[Offsets.Boot..]),
            BinaryPrimitives.ReadUInt32LittleEndian(frame[Offsets.Sequence..]),
            BinaryPrimitives.ReadInt64LittleEndian(frame[Offsets.Time..]),
            (FrameFlags)frame[Offsets.Flags],
            frame[Offsets.KeyId]);
        refusal = named ? Check(read) : new Refusal(RefusalReasons.BadDeviceId, Offsets.Device);
        header = refusal.IsNone ? read : default;
        return refusal.IsNone;
    }

    /// <summary>The payload of a frame that <see cref="TryRead"/> accepted.</summary>
    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> frame) => frame[HeaderLength..^(CrcLength + MacLength)];

    /// <summary>Writes a whole signed frame and gives its length.</summary>
    /// <exception cref="ArgumentException">The header is one that reading would refuse, or the payload or destination has the wrong size.</exception>
    public static int Write(in EnvelopeHeader header, ReadOnlySpan<byte> payload, FrameKey key, Span<byte> destination)
    {
        Refusal refusal = Check(header);
        if (!refusal.IsNone)
        {
            throw new ArgumentException($"This header would be refused: {refusal}.", nameof(header));
        }
        int length = OverheadLength + payload.Length;
        if (length > MaxFrameLength || destination.Length < length)
        {
            throw new ArgumentException($"A frame of {length} bytes does not fit ({MaxFrameLength} at most).", nameof(destination));
        }
        Span<byte> frame = destination[..length];
        frame[0] = (byte)'E';
        frame[1] = (byte)'M';
        frame[Offsets.Version] = Version;
        frame[Offsets.Kind] = (byte)header.Kind;
        frame[Offsets.Flags] = (byte)header.Flags;
        frame[Offsets.KeyId] = header.KeyId;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[Offsets.Length..], (ushort)payload.Length);
        header.Device.Write(frame[Offsets.Device..]);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[Offsets.Boot..], header.Boot);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[Offsets.Sequence..], header.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(frame[Offsets.Time..], header.TimeUnixMilliseconds);
        payload.CopyTo(frame[HeaderLength..]);
        int crcAt = length - CrcLength - MacLength;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[crcAt..], Crc16.Compute(frame[..crcAt]));
        key.Sign(frame[..^MacLength], frame[^MacLength..]);
        return length;
    }

    // Lengths first, then what says how to read the rest, then the CRC: a garbled byte is reported as garbled, not as a wrong field.
    private static bool Frames(ReadOnlySpan<byte> frame, out Refusal refusal)
    {
        if (frame.Length < OverheadLength)
        {
            refusal = new Refusal(RefusalReasons.Truncated, frame.Length);
            return false;
        }
        int crcAt = frame.Length - CrcLength - MacLength;
        int stated = OverheadLength + BinaryPrimitives.ReadUInt16LittleEndian(frame[Offsets.Length..]);
        refusal = frame switch
        {
            { Length: > MaxFrameLength } => new(RefusalReasons.Oversize, MaxFrameLength),
            _ when frame[0] != 'E' || frame[1] != 'M' => new(RefusalReasons.BadMagic, 0),
            _ when frame[Offsets.Version] != Version => new(RefusalReasons.UnknownVersion, Offsets.Version),
            _ when !DeviceKinds.IsKnown(frame[Offsets.Kind]) => new(RefusalReasons.UnknownKind, Offsets.Kind),
            _ when stated > frame.Length => stated > MaxFrameLength
                ? new(RefusalReasons.BadLength, Offsets.Length)
                : new(RefusalReasons.Truncated, frame.Length),
            _ when stated < frame.Length => new(RefusalReasons.BadLength, Offsets.Length),
            _ when Crc16.Compute(frame[..crcAt]) != BinaryPrimitives.ReadUInt16LittleEndian(frame[crcAt..]) =>
                new(RefusalReasons.BadCrc, crcAt),
            _ => default,
        };
        return refusal.IsNone;
    }

    private static Refusal Check(in EnvelopeHeader header) => header switch
    {
        _ when !DeviceKinds.IsKnown((byte)header.Kind) => new(RefusalReasons.UnknownKind, Offsets.Kind),
        _ when (header.Flags & ~KnownFlags) != 0 => new(RefusalReasons.BadFlags, Offsets.Flags),
        _ when !DeviceKinds.Accepts(header.Kind, header.Device) => new(RefusalReasons.BadDeviceId, Offsets.Device),
        { Boot: 0 } => new(RefusalReasons.BadBoot, Offsets.Boot),
        { Sequence: 0 } => new(RefusalReasons.BadSequence, Offsets.Sequence),
        { TimeUnixMilliseconds: < 0 or >= MaxTimeUnixMilliseconds } => new(RefusalReasons.BadTime, Offsets.Time),
        _ => default,
    };

    private static class Offsets
    {
        public const int Version = 2, Kind = 3, Flags = 4, KeyId = 5, Length = 6, Device = 8, Boot = 24, Sequence = 28, Time = 32;
    }
}
