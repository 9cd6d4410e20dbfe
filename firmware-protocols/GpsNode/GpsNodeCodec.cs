using System.Buffers.Binary;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.FirmwareProtocols.GpsNode;

/// <summary>The payload of a GPS node: one report, 20 bytes. Layout and ranges in <c>spec.md</c> beside this file.</summary>
public static class GpsNodeCodec
{
    public const int PayloadLength = 20;
    public const int MaxLatitudeE7 = 900_000_000;
    public const int MaxLongitudeE7 = 1_800_000_000;
    public const int MaxSpeedDecikilometresPerHour = 4_000;
    public const int MaxSatellites = 99;
    private const int At = EnvelopeCodec.HeaderLength;
    private const int NoDegrees = int.MinValue;
    private const ushort Unknown = ushort.MaxValue;
    private const byte NoBattery = byte.MaxValue;
    private const GpsInputs KnownInputs = GpsInputs.SealIntact | GpsInputs.DoorOpen | GpsInputs.ExternalPower;

    public static bool TryRead(ReadOnlySpan<byte> payload, out GpsReading reading, out Refusal refusal)
    {
        reading = default;
        refusal = payload.Length != PayloadLength ? new Refusal(RefusalReasons.PayloadLength, At) : Check(payload);
        if (!refusal.IsNone)
        {
            return false;
        }
        GpsFix fix = (GpsFix)payload[14];
        GpsPosition? position = fix == GpsFix.None ? null : new GpsPosition(
            BinaryPrimitives.ReadInt32LittleEndian(payload),
            BinaryPrimitives.ReadInt32LittleEndian(payload[4..]),
            Known(payload[8..]),
            Known(payload[10..]),
            Known(payload[12..]));
        reading = new GpsReading(fix, position, payload[15], (GpsInputs)payload[16], payload[17] == NoBattery ? null : payload[17]);
        return true;
    }

    /// <summary>Writes 20 bytes.</summary>
    /// <exception cref="ArgumentException">A value is outside its range, or there is a position without a fix or the reverse.</exception>
    public static int Write(in GpsReading reading, Span<byte> payload)
    {
        Refusal refusal = TryPut(reading, payload);
        return refusal.IsNone
            ? PayloadLength
            : throw new ArgumentException($"This report would be refused: {refusal}.", nameof(reading));
    }

    /// <summary>Writes and checks; a sentinel given as a value is refused like a value outside its range.</summary>
    internal static Refusal TryPut(in GpsReading reading, Span<byte> payload)
    {
        GpsPosition? position = reading.Position;
        BinaryPrimitives.WriteInt32LittleEndian(payload, position?.LatitudeE7 ?? NoDegrees);
        BinaryPrimitives.WriteInt32LittleEndian(payload[4..], position?.LongitudeE7 ?? NoDegrees);
        BinaryPrimitives.WriteUInt16LittleEndian(payload[8..], position?.SpeedDecikilometresPerHour ?? Unknown);
        BinaryPrimitives.WriteUInt16LittleEndian(payload[10..], position?.HeadingDecidegrees ?? Unknown);
        BinaryPrimitives.WriteUInt16LittleEndian(payload[12..], position?.AccuracyDecimetres ?? Unknown);
        payload[14] = (byte)reading.Fix;
        payload[15] = reading.Satellites;
        payload[16] = (byte)reading.Inputs;
        payload[17] = reading.BatteryPercent ?? NoBattery;
        payload[18] = payload[19] = 0;
        return position?.SpeedDecikilometresPerHour == Unknown ? new(RefusalReasons.PayloadSpeed, At + 8)
            : position?.HeadingDecidegrees == Unknown ? new(RefusalReasons.PayloadHeading, At + 10)
            : position?.AccuracyDecimetres == Unknown ? new(RefusalReasons.PayloadAccuracy, At + 12)
            : reading.BatteryPercent == NoBattery ? new(RefusalReasons.PayloadBattery, At + 17)
            : Check(payload);
    }

    private static Refusal Check(ReadOnlySpan<byte> payload)
    {
        bool fixedPosition = payload[14] != (byte)GpsFix.None;
        return payload switch
        {
            _ when !GpsFixes.IsKnown(payload[14]) => new(RefusalReasons.PayloadFix, At + 14),
            _ when !Position(payload, fixedPosition, out int wrong) => new(RefusalReasons.PayloadPosition, At + wrong),
            _ when !InRange(payload[8..], 0, MaxSpeedDecikilometresPerHour, fixedPosition) => new(RefusalReasons.PayloadSpeed, At + 8),
            _ when !InRange(payload[10..], 0, 3599, fixedPosition) => new(RefusalReasons.PayloadHeading, At + 10),
            _ when !InRange(payload[12..], 1, Unknown - 1, fixedPosition) => new(RefusalReasons.PayloadAccuracy, At + 12),
            _ when payload[15] > MaxSatellites => new(RefusalReasons.PayloadSatellites, At + 15),
            _ when ((GpsInputs)payload[16] & ~KnownInputs) != 0 => new(RefusalReasons.PayloadInputs, At + 16),
            _ when payload[17] is > 100 and not NoBattery => new(RefusalReasons.PayloadBattery, At + 17),
            _ when payload[18] != 0 || payload[19] != 0 => new(RefusalReasons.PayloadReserved, At + 18),
            _ => default,
        };
    }

    // A node that reports exactly 0, 0 has no fix and does not know it: cattle trucks do not cross the Gulf of Guinea.
    private static bool Position(ReadOnlySpan<byte> payload, bool fixedPosition, out int wrong)
    {
        int latitude = BinaryPrimitives.ReadInt32LittleEndian(payload);
        int longitude = BinaryPrimitives.ReadInt32LittleEndian(payload[4..]);
        bool latitudeGood = fixedPosition ? latitude is >= -MaxLatitudeE7 and <= MaxLatitudeE7 : latitude == NoDegrees;
        bool longitudeGood = fixedPosition ? longitude is >= -MaxLongitudeE7 and <= MaxLongitudeE7 : longitude == NoDegrees;
        wrong = latitudeGood && !longitudeGood ? 4 : 0;
        return latitudeGood && longitudeGood && (latitude != 0 || longitude != 0);
    }

    private static bool InRange(ReadOnlySpan<byte> field, int least, int most, bool fixedPosition)
    {
        ushort value = BinaryPrimitives.ReadUInt16LittleEndian(field);
        return value == Unknown || (fixedPosition && value >= least && value <= most);
    }

    private static ushort? Known(ReadOnlySpan<byte> field)
    {
        ushort value = BinaryPrimitives.ReadUInt16LittleEndian(field);
        return value == Unknown ? null : value;
    }
}
