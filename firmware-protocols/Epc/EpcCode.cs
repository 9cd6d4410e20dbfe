using System.Globalization;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Epc;

/// <summary>
/// What a Gen2 tag holds as its EPC: SGTIN-96 of a traded item, GIAI-96 of an asset such as a container, or anything else as it is. Source: GS1 EPC Tag Data
/// Standard 1.9, tables 14-2 and 14-13.
/// </summary>
/// <param name="Bytes">Whole 16-bit words.</param>
public sealed record EpcCode(ReadOnlyMemory<byte> Bytes)
{
    private const byte SgtinHeader = 0x30;
    private const byte GiaiHeader = 0x34;
    private const int Length96 = 12;
    private const int MaxLength = 62;
    private const int SerialBits = 38;
    private const int PrefixAt = 14;

    /// <summary>Bits of the company prefix, by partition; it has 12 digits less the partition.</summary>
    private static readonly int[] PrefixBits = [40, 37, 34, 30, 27, 24, 20];

    public string Scheme => Bytes.Span[0] switch { SgtinHeader => "sgtin-96", GiaiHeader => "giai-96", _ => "raw" };

    /// <summary>0–7; 0 for raw.</summary>
    public int Filter => IsRaw ? 0 : (int)Field(8, 3);

    /// <summary>Null for raw.</summary>
    public string? CompanyPrefix => IsRaw ? null : Digits(Field(PrefixAt, PrefixBits[Partition]), 12 - Partition);

    /// <summary>SGTIN: indicator and item reference.</summary>
    public string? ItemReference => Scheme != "sgtin-96" ? null : Digits(Field(PrefixAt + PrefixBits[Partition], 44 - PrefixBits[Partition]), Partition + 1);

    /// <summary>SGTIN: the serial; GIAI: the individual asset reference.</summary>
    public string? Serial => Scheme switch
    {
        "sgtin-96" => Field(58, SerialBits).ToString(CultureInfo.InvariantCulture),
        "giai-96" => Field(PrefixAt + PrefixBits[Partition], 82 - PrefixBits[Partition]).ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The 14 digits with check digit of the item; null unless SGTIN.</summary>
    public string? Gtin
    {
        get
        {
            if (ItemReference is not { } item || CompanyPrefix is not { } prefix)
            {
                return null;
            }
            string digits = item[..1] + prefix + item[1..];
            int sum = digits.Select((digit, index) => (digit - '0') * (index % 2 == 0 ? 3 : 1)).Sum();
            return digits + (char)('0' + ((10 - (sum % 10)) % 10));
        }
    }

    /// <summary>With filter: <c>urn:epc:tag:sgtin-96:…</c>; of raw <c>urn:epc:raw:96.x…</c>.</summary>
    public string TagUri => Scheme switch
    {
        "sgtin-96" => $"urn:epc:tag:sgtin-96:{Filter}.{CompanyPrefix}.{ItemReference}.{Serial}",
        "giai-96" => $"urn:epc:tag:giai-96:{Filter}.{CompanyPrefix}.{Serial}",
        _ => $"urn:epc:raw:{8 * Bytes.Length}.x{Convert.ToHexString(Bytes.Span)}",
    };

    /// <summary>The thing itself, without what belongs to the tag; null for raw.</summary>
    public string? Uri => Scheme switch
    {
        "sgtin-96" => $"urn:epc:id:sgtin:{CompanyPrefix}.{ItemReference}.{Serial}",
        "giai-96" => $"urn:epc:id:giai:{CompanyPrefix}.{Serial}",
        _ => null,
    };

    private bool IsRaw => Scheme == "raw";

    private int Partition => (int)Field(11, 3);

    public bool Equals(EpcCode? other) => other is not null && Bytes.Span.SequenceEqual(other.Bytes.Span);

    public override int GetHashCode() => Bytes.Length;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out EpcCode? code, out Refusal refusal)
    {
        code = null;
        refusal = bytes.Length is 0 or > MaxLength || bytes.Length % 2 != 0 ? new Refusal(WireReasons.BadLength, Math.Min(bytes.Length, MaxLength)) : default;
        if (!refusal.IsNone)
        {
            return false;
        }
        EpcCode read = new(bytes.ToArray());
        if (!read.IsRaw)
        {
            refusal = bytes.Length != Length96 ? new(WireReasons.BadLength, Math.Min(bytes.Length, Length96))
                : read.Partition >= PrefixBits.Length ? new(EpcReasons.BadPartition, 1)
                : read.CompanyPrefix!.Length != 12 - read.Partition ? new(EpcReasons.BadCompanyPrefix, 1)
                : read.ItemReference is { } item && item.Length != read.Partition + 1 ? new(EpcReasons.BadReference, 4)
                : default;
        }
        code = refusal.IsNone ? read : null;
        return refusal.IsNone;
    }

    private static string Digits(UInt128 value, int digits) => value.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    private UInt128 Field(int first, int bits)
    {
        UInt128 all = 0;
        foreach (byte value in Bytes.Span)
        {
            all = (all << 8) | value;
        }
        return (all >> ((8 * Length96) - first - bits)) & ((UInt128.One << bits) - 1);
    }
}

/// <summary>Reasons EPCs have, beside those of <see cref="Wire.WireReasons"/>.</summary>
public static class EpcReasons
{
    public const string BadPartition = "bad-partition";
    public const string BadCompanyPrefix = "bad-company-prefix";
    public const string BadReference = "bad-reference";
}
