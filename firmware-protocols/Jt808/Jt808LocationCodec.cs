using System.Buffers.Binary;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>Reads and writes the body of 0x0200: 28 bytes, then items (<see cref="Jt808Items"/>). Allocates nothing.</summary>
public static class Jt808LocationCodec
{
    public const int BasicLength = 28;

    /// <param name="body">Offsets of a refusal count from its first byte.</param>
    /// <param name="zone">Of the time in the frame; GMT+8 by the standard.</param>
    public static bool TryRead(ReadOnlySpan<byte> body, TimeSpan zone, out Jt808Location location, out Refusal refusal)
    {
        location = default;
        refusal = default;
        if (body.Length < BasicLength)
        {
            refusal = new Refusal(WireReasons.Truncated, body.Length);
            return false;
        }
        if (!Bcd.TryReadTime(body[22..], zone, out DateTimeOffset? time))
        {
            refusal = new Refusal(WireReasons.BadTime, 22);
            return false;
        }
        location = new Jt808Location(
            BinaryPrimitives.ReadUInt32BigEndian(body),
            BinaryPrimitives.ReadUInt32BigEndian(body[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(body[12..]),
            BinaryPrimitives.ReadUInt16BigEndian(body[16..]),
            BinaryPrimitives.ReadUInt16BigEndian(body[18..]),
            BinaryPrimitives.ReadUInt16BigEndian(body[20..]),
            time);
        bool far = location.RawLatitude > Jt808Location.MaxLatitude;
        if (location.IsLocated && (far || location.RawLongitude > Jt808Location.MaxLongitude))
        {
            refusal = new Refusal(WireReasons.BadPosition, far ? 8 : 12);
            return false;
        }
        return true;
    }

    /// <summary>Writes 28 bytes.</summary>
    public static void Write(in Jt808Location location, TimeSpan zone, Span<byte> body)
    {
        BinaryPrimitives.WriteUInt32BigEndian(body, location.Alarms);
        BinaryPrimitives.WriteUInt32BigEndian(body[4..], location.Status);
        BinaryPrimitives.WriteUInt32BigEndian(body[8..], location.RawLatitude);
        BinaryPrimitives.WriteUInt32BigEndian(body[12..], location.RawLongitude);
        BinaryPrimitives.WriteUInt16BigEndian(body[16..], location.RawAltitude);
        BinaryPrimitives.WriteUInt16BigEndian(body[18..], location.RawSpeed);
        BinaryPrimitives.WriteUInt16BigEndian(body[20..], location.RawDirection);
        Bcd.WriteTime(location.Time, zone, body[22..]);
    }
}
