using System.Globalization;
using Earmark.FirmwareProtocols.Iso11784;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.ReaderLine;

public enum ReaderLineKind : byte
{
    /// <summary>An animal's tag.</summary>
    Animal = 1,

    /// <summary>An HDX transponder that is on no animal.</summary>
    Industrial,

    /// <summary>The reader was switched on.</summary>
    PowerUp,
}

/// <summary>One line of a stick or panel reader.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Code">Of an animal.</param>
/// <param name="Industrial">Of an industrial transponder: application 4 digits and number 16 digits.</param>
/// <param name="Reserved">TIRIS: the reserved field; null where the line has none.</param>
/// <param name="Delimiter">Between country and national number; empty for none.</param>
/// <param name="Prefix">Before the digits, such as <c>LA</c>; empty for none.</param>
public sealed record ReaderReport(ReaderLineKind Kind, Iso11784Code? Code, string? Industrial, string? Reserved, string Delimiter, string Prefix)
{
    private const string Delimiters = " ,;\t";
    private const int CountryDigits = 3;
    private const int NationalDigits = 12;

    public static bool TryRead(ReadOnlySpan<byte> item, out ReaderReport? line, out Refusal refusal)
    {
        line = null;
        refusal = new Refusal(item.IsEmpty ? WireReasons.Truncated : WireReasons.BadFormat, 0);
        if (item is [0x02])
        {
            line = new ReaderReport(ReaderLineKind.PowerUp, null, null, null, "", "");
            refusal = default;
            return true;
        }
        if (item.Length > 40 || item.ContainsAnyExceptInRange((byte)'\t', (byte)'~'))
        {
            return false;
        }
        string text = System.Text.Encoding.ASCII.GetString(item).TrimEnd(' ');
        string prefix = text.StartsWith("LA", StringComparison.Ordinal) ? "LA" : text.StartsWith("LR", StringComparison.Ordinal) ? "LR" : "";
        string rest = text[prefix.Length..];
        string delimiter = rest.FirstOrDefault(character => Delimiters.Contains(character, StringComparison.Ordinal)) is var found && found != 0 ? found.ToString() : "";
        string[] parts = delimiter.Length == 0 ? [rest] : rest.Split(delimiter[0]);
        parts = parts is ["", .. var others] && prefix.Length > 0 ? others : parts;
        int wrong = Array.FindIndex(parts, part => part.Length == 0 || !part.All(char.IsAsciiDigit));
        if (wrong >= 0)
        {
            refusal = new Refusal(WireReasons.BadDigits, prefix.Length);
            return false;
        }
        line = prefix == "LR" ? OfIndustrial(parts, delimiter, ref refusal) : OfAnimal(parts, delimiter, prefix, ref refusal);
        refusal = line is null ? refusal : default;
        return line is not null;
    }

    public override string ToString() => Kind switch
    {
        ReaderLineKind.PowerUp => "\u0002",
        ReaderLineKind.Industrial => $"LR{Delimiter}{Industrial![..4]}{Delimiter}{Industrial[4..]}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{Lead}{Attributes}{Code!.Value.Country:000}{Delimiter}{Code.Value.National:000000000000}"),
    };

    private string Lead => Prefix.Length > 0 ? Prefix + Delimiter : "";

    private string Attributes => Reserved is null ? "" : $"{Reserved}{Delimiter}{(Code!.Value.HasDataBlock ? 1 : 0)}{Delimiter}";

    private static ReaderReport? OfIndustrial(string[] parts, string delimiter, ref Refusal refusal)
    {
        string digits = string.Concat(parts);
        bool good = digits.Length == 20 && (parts.Length == 1 || parts is [{ Length: 4 }, { Length: 16 }]);
        refusal = good ? default : new Refusal(WireReasons.BadLength, 2);
        return good ? new ReaderReport(ReaderLineKind.Industrial, null, digits, null, delimiter, "LR") : null;
    }

    private static ReaderReport? OfAnimal(string[] parts, string delimiter, string prefix, ref Refusal refusal)
    {
        string digits = string.Concat(parts);
        bool plain = digits.Length == CountryDigits + NationalDigits && (parts.Length == 1 || parts is [{ Length: CountryDigits }, _]);
        bool tiris = digits.Length == 6 + CountryDigits + NationalDigits && (parts.Length == 1 || parts is [{ Length: 5 }, { Length: 1 }, { Length: CountryDigits }, _]);
        if ((!plain && !tiris) || (tiris && digits[5] is not ('0' or '1')))
        {
            refusal = new Refusal(WireReasons.BadLength, prefix.Length);
            return null;
        }
        string number = digits[^(CountryDigits + NationalDigits)..];
        if (!Iso11784Text.TryNumber(number, out Iso11784Text? read, out Refusal wrong))
        {
            refusal = new Refusal(wrong.Reason, prefix.Length);
            return null;
        }
        Iso11784Code code = read!.Code;
        if (tiris && digits[5] == '1')
        {
            Iso11784Code.TryCreate(code.Bits | (1UL << 48), out code);
        }
        return new ReaderReport(ReaderLineKind.Animal, code, null, tiris ? digits[..5] : null, delimiter, prefix);
    }
}
