using System.Globalization;

namespace Earmark.FirmwareProtocols.Iso11784;

/// <summary>
/// The 64 bits of an animal's transponder, the most significant first: animal 1, retagging counter 3, user information 5, reserved 6, data block follows 1,
/// country or maker 10, national number 38. Source: ISO 11784:1996 with amendments; the first edition has 14 reserved bits instead of counter and user.
/// </summary>
/// <param name="Bits">Country 1–999, reserved bits zero.</param>
public readonly record struct Iso11784Code
{
    public const ulong MaxNational = (1UL << 38) - 1;
    public const int MaxCountry = 999;
    private const int CountryShift = 38;
    private const int ReservedShift = 49;
    private const int UserShift = 55;
    private const int RetagShift = 60;
    private const ulong AnimalBit = 1UL << 63;
    private const ulong DataBlockBit = 1UL << 48;

    private Iso11784Code(ulong bits) => Bits = bits;

    public ulong Bits { get; }

    public bool IsAnimal => (Bits & AnimalBit) != 0;

    /// <summary>How often the animal was tagged again with the same number.</summary>
    public int RetagCounter => (int)(Bits >> RetagShift) & 7;

    public int UserInformation => (int)(Bits >> UserShift) & 31;
    public bool HasDataBlock => (Bits & DataBlockBit) != 0;
    public int Country => (int)(Bits >> CountryShift) & 0x3FF;
    public ulong National => Bits & MaxNational;

    /// <summary>900–998 are makers, who number for countries without a registration authority.</summary>
    public bool IsMaker => Country is >= 900 and <= 998;

    public bool IsTest => Country == 999;

    /// <summary>As printed: 15 digits.</summary>
    public string Number => string.Create(CultureInfo.InvariantCulture, $"{Country:000}{National:000000000000}");

    /// <summary>Country and national number in hex: <c>3E7.1CBE991A14</c>.</summary>
    public string Dotted => string.Create(CultureInfo.InvariantCulture, $"{Country:X3}.{National:X10}");

    /// <summary>False for a country of 0 or above 999, and where reserved bits are set.</summary>
    public static bool TryCreate(ulong bits, out Iso11784Code code)
    {
        code = new Iso11784Code(bits);
        bool good = code.Country is >= 1 and <= MaxCountry && ((bits >> ReservedShift) & 63) == 0;
        code = good ? code : default;
        return good;
    }

    /// <summary>Of an animal, as a printed number says it.</summary>
    public static bool TryCreate(int country, ulong national, out Iso11784Code code)
    {
        code = default;
        return national <= MaxNational && country is >= 1 and <= MaxCountry && TryCreate(AnimalBit | ((ulong)country << CountryShift) | national, out code);
    }

    /// <summary>The same 64 bits with the least significant first, as some readers give them.</summary>
    public static ulong Reversed(ulong bits)
    {
        ulong reversed = 0;
        for (int bit = 0; bit < 64; bit++)
        {
            reversed = (reversed << 1) | ((bits >> bit) & 1);
        }
        return reversed;
    }
}
