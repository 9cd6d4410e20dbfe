using System.Buffers.Binary;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.FirmwareProtocols.WarehouseScale;

/// <summary>The payload of a warehouse scale: one reading, 32 bytes. Layout and ranges in <c>spec.md</c> beside this file.</summary>
public static class WarehouseScaleCodec
{
    public const int PayloadLength = 32;
    public const int MinExponent = -6;
    public const int MaxExponent = 3;
    private const int At = EnvelopeCodec.HeaderLength;
    private const ScaleFlags OutOfRange = ScaleFlags.Overload | ScaleFlags.Underload;
    private const ScaleFlags KnownFlags = OutOfRange | ScaleFlags.Stable | ScaleFlags.Zero | ScaleFlags.TareActive;

    public static bool TryRead(ReadOnlySpan<byte> payload, out ScaleReading reading, out Refusal refusal)
    {
        reading = default;
        if (payload.Length != PayloadLength)
        {
            refusal = new Refusal(RefusalReasons.PayloadLength, At);
            return false;
        }
        bool scanned = ScaleReference.TryRead(payload[16..], out ScaleReference reference);
        ScaleReading read = new(
            BinaryPrimitives.ReadInt32LittleEndian(payload),
            BinaryPrimitives.ReadInt32LittleEndian(payload[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(payload[8..]),
            (sbyte)payload[12],
            (WeightUnit)payload[13],
            (ScaleFlags)payload[14],
            (ScalePurpose)payload[15],
            reference);
        refusal = Check(read);
        if (refusal.IsNone && !scanned)
        {
            refusal = new Refusal(RefusalReasons.PayloadReference, At + 16);
        }
        reading = refusal.IsNone ? read : default;
        return refusal.IsNone;
    }

    /// <summary>Writes 32 bytes.</summary>
    /// <exception cref="ArgumentException">A value is outside its range, or net is not gross − tare.</exception>
    public static int Write(in ScaleReading reading, Span<byte> payload)
    {
        Refusal refusal = Check(reading);
        if (!refusal.IsNone)
        {
            throw new ArgumentException($"This reading would be refused: {refusal}.", nameof(reading));
        }
        BinaryPrimitives.WriteInt32LittleEndian(payload, reading.Gross);
        BinaryPrimitives.WriteInt32LittleEndian(payload[4..], reading.Tare);
        BinaryPrimitives.WriteInt32LittleEndian(payload[8..], reading.Net);
        payload[12] = (byte)reading.Exponent;
        payload[13] = (byte)reading.Unit;
        payload[14] = (byte)reading.Flags;
        payload[15] = (byte)reading.Purpose;
        reading.Reference.Write(payload[16..]);
        return PayloadLength;
    }

    // How the numbers are to be read comes before the numbers.
    internal static Refusal Check(in ScaleReading reading)
    {
        ScaleFlags outOfRange = reading.Flags & OutOfRange;
        return reading switch
        {
            { Exponent: < MinExponent or > MaxExponent } => new(RefusalReasons.PayloadExponent, At + 12),
            _ when !WeightUnits.IsKnown((byte)reading.Unit) => new(RefusalReasons.PayloadUnit, At + 13),
            _ when (reading.Flags & ~KnownFlags) != 0 || outOfRange == OutOfRange => new(RefusalReasons.PayloadFlags, At + 14),
            _ when outOfRange != 0 && (reading.Flags & (ScaleFlags.Stable | ScaleFlags.Zero)) != 0 => new(RefusalReasons.PayloadFlags, At + 14),
            { Purpose: > ScalePurpose.Check } => new(RefusalReasons.PayloadPurpose, At + 15),
            _ when outOfRange != 0 && reading.Gross != 0 => new(RefusalReasons.PayloadGross, At),
            { Tare: < 0 } => new(RefusalReasons.PayloadTare, At + 4),
            _ when reading.Net != (outOfRange != 0 ? 0 : (long)reading.Gross - reading.Tare) => new(RefusalReasons.PayloadNet, At + 8),
            _ => default,
        };
    }
}
