using System.Globalization;

namespace Earmark.FirmwareProtocols.EarTag;

/// <summary>
/// A tag's ISO 11784 number as it is printed: 15 digits, country or maker code (1–999) × 10^12 + national number (at most 38 bits).
/// Kept as that number.
/// </summary>
public readonly record struct TagNumber
{
    public const int Digits = 15;
    public const ulong MaxNational = 274_877_906_943;
    private const ulong NationalSpan = 1_000_000_000_000;

    private TagNumber(ulong value) => Value = value;

    /// <summary>The 15-digit number; 0 only for <c>default</c>.</summary>
    public ulong Value { get; }

    public int Country => (int)(Value / NationalSpan);
    public ulong National => Value % NationalSpan;

    public static bool IsValid(ulong value) => value / NationalSpan is >= 1 and <= 999 && value % NationalSpan <= MaxNational;

    public static bool TryCreate(ulong value, out TagNumber tag)
    {
        bool good = IsValid(value);
        tag = good ? new TagNumber(value) : default;
        return good;
    }

    /// <summary>Exactly 15 digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TagNumber tag)
    {
        tag = default;
        return text.Length == Digits
            && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            && TryCreate(value, out tag);
    }

    /// <summary>The tag an ear tag's device id names.</summary>
    public static bool TryFrom(DeviceName device, out TagNumber tag)
    {
        Span<byte> padded = stackalloc byte[DeviceName.MaxLength];
        device.Write(padded);
        tag = default;
        return device.Length == Digits
            && ulong.TryParse(padded[..Digits], NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            && TryCreate(value, out tag);
    }

    public DeviceName ToDeviceName() => DeviceName.TryParse(ToString(), out DeviceName name)
        ? name
        : throw new InvalidOperationException("The default tag number names no device.");

    public override string ToString() => Value.ToString("D15", CultureInfo.InvariantCulture);
}
