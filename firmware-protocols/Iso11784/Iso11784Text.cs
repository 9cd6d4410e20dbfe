using System.Buffers.Binary;
using System.Globalization;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Iso11784;

/// <summary>How a code is written.</summary>
public enum Iso11784Notation : byte
{
    /// <summary>15 digits.</summary>
    Number = 1,

    /// <summary><c>3E7.1CBE991A14</c>.</summary>
    Dotted,

    /// <summary>16 hex digits.</summary>
    Hex,

    /// <summary>16 hex digits of the bits in reverse.</summary>
    ReversedHex,

    /// <summary>8 bytes.</summary>
    Binary,

    /// <summary>8 bytes, the bits in reverse.</summary>
    ReversedBinary,
}

/// <summary>A code in the notation it came in.</summary>
public sealed record Iso11784Text(Iso11784Code Code, Iso11784Notation Notation)
{
    private const int NumberLength = 15;
    private const int DottedLength = 14;
    private const int HexLength = 16;
    private const int BinaryLength = 8;

    /// <summary>Any of the notations; hex in either case. Which way the bits run shows in the reserved bits, which are zero at one end.</summary>
    public static bool TryRead(ReadOnlySpan<byte> item, out Iso11784Text? text, out Refusal refusal)
    {
        text = null;
        if (item.Length == BinaryLength)
        {
            return TryBits(BinaryPrimitives.ReadUInt64BigEndian(item), Iso11784Notation.Binary, Iso11784Notation.ReversedBinary, false, out text, out refusal);
        }
        Span<char> characters = stackalloc char[HexLength + 2];
        int length = 0;
        foreach (byte character in item)
        {
            if (character is (byte)' ' or (byte)'-')
            {
                continue;
            }
            if (length == characters.Length)
            {
                break;
            }
            characters[length++] = (char)character;
        }
        ReadOnlySpan<char> digits = characters[..length];
        switch (length)
        {
            case NumberLength: return TryNumber(digits, out text, out refusal);
            case DottedLength when digits[3] == '.': return TryDotted(digits, out text, out refusal);
            case HexLength when ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits):
                return TryBits(bits, Iso11784Notation.Hex, Iso11784Notation.ReversedHex, true, out text, out refusal);
            case HexLength:
                refusal = new Refusal(WireReasons.BadDigits, 0);
                return false;
            default:
                refusal = new Refusal(WireReasons.BadLength, Math.Min(item.Length, HexLength));
                return false;
        }
    }

    public override string ToString() => Notation switch
    {
        Iso11784Notation.Number => Code.Number,
        Iso11784Notation.Dotted => Code.Dotted,
        Iso11784Notation.ReversedHex => Iso11784Code.Reversed(Code.Bits).ToString("X16", CultureInfo.InvariantCulture),
        _ => Code.Bits.ToString("X16", CultureInfo.InvariantCulture),
    };

    internal static bool TryNumber(ReadOnlySpan<char> digits, out Iso11784Text? text, out Refusal refusal)
    {
        text = null;
        if (!ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number))
        {
            refusal = new Refusal(WireReasons.BadDigits, 0);
            return false;
        }
        return Try((int)(number / 1_000_000_000_000), number % 1_000_000_000_000, Iso11784Notation.Number, 3, out text, out refusal);
    }

    private static bool TryDotted(ReadOnlySpan<char> digits, out Iso11784Text? text, out Refusal refusal)
    {
        text = null;
        if (!int.TryParse(digits[..3], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int country)
            || !ulong.TryParse(digits[4..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong national))
        {
            refusal = new Refusal(WireReasons.BadDigits, 0);
            return false;
        }
        return Try(country, national, Iso11784Notation.Dotted, 4, out text, out refusal);
    }

    private static bool Try(int country, ulong national, Iso11784Notation notation, int nationalAt, out Iso11784Text? text, out Refusal refusal)
    {
        bool good = Iso11784Code.TryCreate(country, national, out Iso11784Code code);
        text = good ? new Iso11784Text(code, notation) : null;
        refusal = good ? default
            : national > Iso11784Code.MaxNational ? new(Iso11784Reasons.BadNational, nationalAt)
            : new(Iso11784Reasons.BadCountry, 0);
        return good;
    }

    private static bool TryBits(ulong bits, Iso11784Notation straight, Iso11784Notation reversed, bool withCounters, out Iso11784Text? text, out Refusal refusal)
    {
        ulong turned = Iso11784Code.Reversed(bits);
        bool good = IsPlain(bits, out Iso11784Code code);
        bool goodTurned = !good && IsPlain(turned, out code);
        // Retagging counter and user information are told from a reversed code by the animal bit alone, so only a person's writing may have them.
        good |= !goodTurned && withCounters && (bits >> 63) == 1 && Iso11784Code.TryCreate(bits, out code);
        goodTurned |= !good && !goodTurned && withCounters && (turned >> 63) == 1 && Iso11784Code.TryCreate(turned, out code);
        text = good || goodTurned ? new Iso11784Text(code, good ? straight : reversed) : null;
        refusal = text is null ? new Refusal(Iso11784Reasons.BadCode, 0) : default;
        return text is not null;
    }

    private static bool IsPlain(ulong bits, out Iso11784Code code)
    {
        code = default;
        return ((bits >> 49) & 0x3FFF) == 0 && Iso11784Code.TryCreate(bits, out code);
    }
}
