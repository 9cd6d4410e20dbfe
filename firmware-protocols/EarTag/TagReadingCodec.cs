using System.Buffers.Binary;

namespace Earmark.FirmwareProtocols.EarTag;

/// <summary>The 8 bytes of a <see cref="TagReading"/>; layout and ranges in <c>spec.md</c> beside this file.</summary>
public static class TagReadingCodec
{
    public const int Length = 8;
    public const int MinTemperatureCentiCelsius = -4000;
    public const int MaxTemperatureCentiCelsius = 8500;
    internal const sbyte NoRssi = sbyte.MinValue;
    internal const short NoTemperature = short.MinValue;
    private const TagFlags KnownFlags = TagFlags.Removed | TagFlags.TemperatureFault | TagFlags.Restarted;

    /// <summary>Refuses a reading outside the stated ranges; <paramref name="frameOffset"/> is where the reading starts in the frame.</summary>
    public static bool TryCheck(ReadOnlySpan<byte> bytes, int frameOffset, out Refusal refusal)
    {
        sbyte rssi = (sbyte)bytes[0];
        TagFlags flags = (TagFlags)(bytes[1] & 0x0F);
        short temperature = BinaryPrimitives.ReadInt16LittleEndian(bytes[6..]);
        bool measured = temperature != NoTemperature;
        refusal = rssi > 0 ? new Refusal(RefusalReasons.PayloadRssi, frameOffset)
            : (flags & ~KnownFlags) != 0 ? new Refusal(RefusalReasons.PayloadFlags, frameOffset + 1)
            : measured && (temperature is < MinTemperatureCentiCelsius or > MaxTemperatureCentiCelsius || (flags & TagFlags.TemperatureFault) != 0)
                ? new Refusal(RefusalReasons.PayloadTemperature, frameOffset + 6)
            : default;
        return refusal.IsNone;
    }

    /// <summary>Reads bytes that <see cref="TryCheck"/> accepted.</summary>
    public static TagReading Read(ReadOnlySpan<byte> bytes)
    {
        sbyte rssi = (sbyte)bytes[0];
        short temperature = BinaryPrimitives.ReadInt16LittleEndian(bytes[6..]);
        return new TagReading(
            rssi == NoRssi ? null : rssi,
            (TagFlags)(bytes[1] & 0x0F),
            (byte)(bytes[1] >> 4),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]),
            temperature == NoTemperature ? null : temperature);
    }

    /// <summary>Writes 8 bytes.</summary>
    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public static void Write(in TagReading reading, Span<byte> bytes)
    {
        if (reading.BatteryFifteenths > TagReading.MaxBatteryFifteenths || reading.RssiDbm == NoRssi
            || reading.TemperatureCentiCelsius == NoTemperature || (byte)reading.Flags > 0x0F)
        {
            throw new ArgumentException($"Outside the ranges of a tag reading: {reading}.", nameof(reading));
        }
        bytes[0] = (byte)(reading.RssiDbm ?? NoRssi);
        bytes[1] = (byte)((byte)reading.Flags | (reading.BatteryFifteenths << 4));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[2..], reading.ActivityCount);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[4..], reading.MotionlessMinutes);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[6..], reading.TemperatureCentiCelsius ?? NoTemperature);
        if (!TryCheck(bytes, 0, out Refusal refusal))
        {
            throw new ArgumentException($"This tag reading would be refused: {refusal}.", nameof(reading));
        }
    }
}
