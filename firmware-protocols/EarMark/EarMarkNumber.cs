using System.Globalization;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.EarMark;

/// <summary>
/// 畜禽标识, the ear mark every pig, cow, sheep and goat in China carries: species 1 digit, county 6 (GB/T 2260), serial 8. Source: order 67 (2006) of the
/// Ministry of Agriculture, article 8. It looks like an ISO 11784 number and is none: it does not fit its 38 bits.
/// </summary>
public readonly record struct EarMarkNumber
{
    public const int Digits = 15;
    private const ulong SerialSpan = 100_000_000;
    private const ulong CountySpan = 1_000_000;

    private EarMarkNumber(ulong value) => Value = value;

    /// <summary>The 15 digits as a number.</summary>
    public ulong Value { get; }

    /// <summary>1 pig, 2 cattle, 3 sheep or goat, 7 breeding sow (2010).</summary>
    public int Species => (int)(Value / (SerialSpan * CountySpan));

    /// <summary>Six digits of GB/T 2260.</summary>
    public int County => (int)(Value / SerialSpan % CountySpan);

    public int Serial => (int)(Value % SerialSpan);

    public static bool TryRead(ReadOnlySpan<byte> text, out EarMarkNumber mark, out Refusal refusal)
    {
        mark = default;
        if (text.Length != Digits)
        {
            refusal = new Refusal(WireReasons.BadLength, Math.Min(text.Length, Digits));
            return false;
        }
        int wrong = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (wrong >= 0)
        {
            refusal = new Refusal(WireReasons.BadDigits, wrong);
            return false;
        }
        EarMarkNumber read = new(ulong.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture));
        refusal = SpeciesName(read.Species) is null ? new(EarMarkReasons.BadSpecies, 0)
            : Provinces.Name(read.County / 10_000) is null || read.County % 10_000 == 0 ? new(EarMarkReasons.BadCounty, 1)
            : default;
        mark = refusal.IsNone ? read : default;
        return refusal.IsNone;
    }

    /// <summary>Null for a digit that is no species.</summary>
    public static string? SpeciesName(int species) => species switch
    {
        1 => "pig",
        2 => "cattle",
        3 => "sheep-or-goat",
        7 => "breeding-sow",
        _ => null,
    };

    public override string ToString() => Value.ToString("000000000000000", CultureInfo.InvariantCulture);
}

/// <summary>Reasons ear marks have, beside those of <see cref="Wire.WireReasons"/>.</summary>
public static class EarMarkReasons
{
    public const string BadSpecies = "bad-species";

    /// <summary>Its first two digits are no province, as in 156…, where the mark is in truth an ISO 11784 number of China.</summary>
    public const string BadCounty = "bad-county";
}
