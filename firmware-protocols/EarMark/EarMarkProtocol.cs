using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.EarMark;

/// <summary><c>ear-mark</c>: 15 digits of a Chinese ear mark.</summary>
public sealed class EarMarkProtocol : Protocol<EarMarkNumber>
{
    private const int LongestLine = 24;
    private static readonly LineFinder Lines = new(
        LongestLine,
        line => EarMarkNumber.TryRead(line.Trim((byte)' '), out _, out _),
        (noise, rest) => !char.IsAsciiLetterOrDigit((char)noise) && EarMarkNumber.TryRead(rest.TrimEnd((byte)' '), out _, out _));

    public override string Name => "ear-mark";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => Lines;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out EarMarkNumber message, out Refusal refusal) =>
        EarMarkNumber.TryRead(item.Trim(" \r\n"u8), out message, out refusal);

    public override void Write(EarMarkNumber message, ProtocolSettings settings, IBufferWriter<byte> output) => output.WriteAscii(message.ToString());

    protected override string MessageName(EarMarkNumber message) => "ear-mark";

    protected override void WriteFields(Utf8JsonWriter json, EarMarkNumber message, ProtocolSettings settings)
    {
        json.WriteString("number", message.ToString());
        json.WriteString("species", EarMarkNumber.SpeciesName(message.Species));
        json.WriteNumber("speciesCode", message.Species);
        json.WriteString("county", message.County.ToString("000000", CultureInfo.InvariantCulture));
        json.WriteString("province", Provinces.Name(message.County / 10_000));
        json.WriteString("serial", message.Serial.ToString("00000000", CultureInfo.InvariantCulture));
    }
}
