using System.Globalization;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.DigiStar;

/// <summary>Reads the forms of a message. In menus and on errors the indicator writes 999999 with a tag that says so: no weight.</summary>
internal static class DigiStarReader
{
    public const byte Stx = 0x02;
    public const byte Etx = 0x03;
    public const byte Eot = 0x04;
    public const byte Ack = 0x06;
    public const byte Nak = 0x15;
    public const byte Esc = 0x1B;
    public const int LongestCommand = 80;
    public const int LongestLine = 80;
    private const int WeightWidth = 7;
    private const int WeightLength = 12;
    private const int SerialGrossLength = 11;

    public static DigiStarMessage? Read(ReadOnlySpan<byte> item, out Refusal refusal)
    {
        refusal = new Refusal(WireReasons.Truncated, item.Length);
        return item switch
        {
            [] => null,
            [Ack] => new DigiStarMessage(DigiStarKind.Done, ""),
            [Nak] => new DigiStarMessage(DigiStarKind.Refused, ""),
            [Esc, ..] => Command(item, out refusal),
            [Stx, ..] => SerialGross(item, out refusal),
            _ => Line(item, out refusal),
        };
    }

    private static DigiStarMessage? Command(ReadOnlySpan<byte> item, out Refusal refusal)
    {
        refusal = item[^1] != Eot ? new(WireReasons.BadEnd, item.Length - 1)
            : item.Length is < 4 or > LongestCommand + 2 ? new(WireReasons.BadLength, Math.Min(item.Length, LongestCommand))
            : !char.IsAsciiLetter((char)item[1]) || item[1..^1].ContainsAny(Esc, Eot) || item[1..^1].ContainsAnyExceptInRange((byte)0x01, (byte)'z') ? new(WireReasons.BadFormat, 1)
            : default;
        return refusal.IsNone ? new DigiStarMessage(DigiStarKind.Command, Ascii(item[1..^1])) : null;
    }

    private static DigiStarMessage? SerialGross(ReadOnlySpan<byte> item, out Refusal refusal)
    {
        ReadOnlySpan<byte> frame = item.TrimEnd("\r\n"u8);
        refusal = frame.Length < SerialGrossLength + 3 ? new(WireReasons.Truncated, item.Length)
            : frame.Length > SerialGrossLength + 3 ? new(WireReasons.BadLength, SerialGrossLength + 3)
            : frame[12] != Etx ? new(WireReasons.BadEnd, 12)
            : default;
        if (!refusal.IsNone)
        {
            return null;
        }
        string text = Ascii(frame[1..12]);
        refusal = frame[13] != DigiStarMessage.Checksum(text) ? new(WireReasons.BadChecksum, 13)
            : text[8] != ' ' ? new(WireReasons.BadFormat, 9)
            : default;
        ScaleMessage? weight = refusal.IsNone ? Weight(text[..6], text[6..8], text[9..], false, 1, out refusal) : null;
        return weight is null ? null : new DigiStarMessage(DigiStarKind.SerialGross, text, weight, text[9..]);
    }

    private static DigiStarMessage? Line(ReadOnlySpan<byte> item, out Refusal refusal)
    {
        int strange = item.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        refusal = strange >= 0 ? new(WireReasons.BadFormat, strange) : item.Length > LongestLine ? new(WireReasons.Oversize, LongestLine) : default;
        if (!refusal.IsNone)
        {
            return null;
        }
        string text = Ascii(item);
        string[] fields = text.Split(',');
        switch (fields.Length)
        {
            case 1: return Plain(text, out refusal);
            case 6: return Csv(text, fields, out refusal);
            case 7 or 8: return Animal(text, fields, out refusal);
            default:
                refusal = new Refusal(WireReasons.BadFormat, 0);
                return null;
        }
    }

    private static DigiStarMessage? Plain(string text, out Refusal refusal)
    {
        if (text.Length != WeightLength)
        {
            refusal = new Refusal(text.Length < WeightLength ? WireReasons.Truncated : WireReasons.BadLength, Math.Min(text.Length, WeightLength));
            return null;
        }
        bool lockedOn = text[9] == '$';
        refusal = new Refusal(WireReasons.BadFormat, 9);
        ScaleMessage? weight = lockedOn || text[9] == ' ' ? Weight(text[..WeightWidth], text[WeightWidth..9], text[10..], lockedOn, 0, out refusal) : null;
        return weight is null ? null : new DigiStarMessage(DigiStarKind.Weight, text, weight, text[10..], lockedOn);
    }

    private static DigiStarMessage? Csv(string text, string[] fields, out Refusal refusal)
    {
        ScaleMessage? weight = Weight(fields[0], fields[1], fields[2], false, 0, out refusal);
        if (weight is not null && int.TryParse(fields[3].Trim(' '), NumberStyles.None, CultureInfo.InvariantCulture, out int rotations))
        {
            return new DigiStarMessage(DigiStarKind.Csv, text, weight, fields[2], false, null, rotations, fields[4].Trim(' '), fields[5].Trim(' '));
        }
        refusal = weight is null ? refusal : new Refusal(WireReasons.BadDigits, fields[0].Length + fields[1].Length + fields[2].Length + 3);
        return null;
    }

    private static DigiStarMessage? Animal(string text, string[] fields, out Refusal refusal)
    {
        int at = fields[0].Length + 1;
        bool lockedOn = fields[3] == "$";
        refusal = new Refusal(WireReasons.BadFormat, at + fields[1].Length + fields[2].Length + 2);
        if (!lockedOn && fields[3].Trim(' ').Length > 0)
        {
            return null;
        }
        ScaleMessage? weight = Weight(fields[1], fields[2], fields[4], lockedOn, at, out refusal);
        string eid = fields[0].Trim(' ');
        return weight is null ? null
            : new DigiStarMessage(DigiStarKind.Animal, text, weight, fields[4], lockedOn, eid.Length == 0 ? null : eid, null, fields[5].Trim(' '), fields[6].Trim(' '));
    }

    private static ScaleMessage? Weight(string number, string unit, string tag, bool lockedOn, int offset, out Refusal refusal)
    {
        refusal = new Refusal(WireReasons.UnknownUnit, offset + number.Length);
        if (unit is not ("LB" or "KG") || !ScaleUnits.TryParse(System.Text.Encoding.ASCII.GetBytes(unit), out string symbol))
        {
            return null;
        }
        GrossNet grossNet = tag switch { "GR" or "GC" or "SG" => GrossNet.Gross, "NE" or "NC" => GrossNet.Net, _ => GrossNet.Unknown };
        NumberReading reading = ScaleNumber.Read(System.Text.Encoding.ASCII.GetBytes(number), out decimal value);
        refusal = reading == NumberReading.Bad ? new Refusal(WireReasons.BadDigits, offset)
            : tag.Length != 2 || tag.Contains(' ', StringComparison.Ordinal) ? new Refusal(WireReasons.BadFormat, offset + number.Length + 3)
            : default;
        return (refusal.IsNone, tag, reading) switch
        {
            (false, _, _) => null,
            (_, "ER", _) => ScaleMessage.Of(ScaleEvent.Error, symbol),
            (_, "ES", _) => ScaleMessage.Of(ScaleEvent.Invalid, symbol),
            (_, _, NumberReading.Blank) => ScaleMessage.Of(ScaleEvent.Blank, symbol, grossNet),
            _ => new ScaleMessage(ScaleEvent.Weight, value, symbol, lockedOn ? Stability.Yes : Stability.Unknown, grossNet),
        };
    }

    private static string Ascii(ReadOnlySpan<byte> bytes) => System.Text.Encoding.ASCII.GetString(bytes);
}
