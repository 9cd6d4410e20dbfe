using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Epc;

/// <summary>An EPC and whether it came as hex text.</summary>
public sealed record EpcText(EpcCode Code, bool IsText);

/// <summary><c>epc</c>: the EPC of a Gen2 tag, as bytes or as a line of hex.</summary>
public sealed class EpcProtocol : Protocol<EpcText>
{
    private const int LeastText = 16;
    private const int LongestLine = 124;
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly LineFinder Lines = new(
        LongestLine,
        line => TryText(line, out _, out _),
        (noise, rest) => !char.IsAsciiLetterOrDigit((char)noise) && rest.Length >= LeastText && TryText(rest, out _, out _));

    public override string Name => "epc";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => Lines;

    /// <summary>Hex text has at least 16 digits, so that bytes are not taken for it.</summary>
    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out EpcText message, out Refusal refusal)
    {
        if (TryText(item.Trim(" \r\n"u8), out message, out refusal) || !refusal.IsNone)
        {
            return refusal.IsNone;
        }
        bool good = EpcCode.TryRead(item, out EpcCode? code, out refusal);
        message = good ? new EpcText(code!, false) : null!;
        return good;
    }

    public override void Write(EpcText message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.IsText)
        {
            output.WriteAscii(Convert.ToHexString(message.Code.Bytes.Span));
        }
        else
        {
            output.Write(message.Code.Bytes.Span);
        }
    }

    protected override string MessageName(EpcText message) => message.Code.Scheme;

    protected override void WriteFields(Utf8JsonWriter json, EpcText message, ProtocolSettings settings)
    {
        EpcCode code = message.Code;
        json.WriteString("scheme", code.Scheme);
        json.WriteString("tagUri", code.TagUri);
        json.WriteString("uri", code.Uri);
        if (code.CompanyPrefix is not null)
        {
            json.WriteNumber("filter", code.Filter);
            json.WriteString("companyPrefix", code.CompanyPrefix);
            json.WriteString("itemReference", code.ItemReference);
            json.WriteString("serial", code.Serial);
            json.WriteString("gtin", code.Gtin);
        }
        json.WriteHex("hex", code.Bytes.Span);
    }

    /// <summary>False without a refusal when it is not hex text at all.</summary>
    private static bool TryText(ReadOnlySpan<byte> text, out EpcText message, out Refusal refusal)
    {
        message = null!;
        refusal = default;
        if (text.Length < LeastText || text.Length > LongestLine || text.Length % 4 != 0 || text.ContainsAnyExcept(HexDigits))
        {
            return false;
        }
        bool good = EpcCode.TryRead(Convert.FromHexString(System.Text.Encoding.ASCII.GetString(text)), out EpcCode? code, out refusal);
        message = good ? new EpcText(code!, true) : null!;
        return good;
    }
}
