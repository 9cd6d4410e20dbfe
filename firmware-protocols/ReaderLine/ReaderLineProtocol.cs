using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Iso11784;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.ReaderLine;

/// <summary><c>reader-line</c>: what Allflex and TIRIS readers of animal tags write.</summary>
public sealed class ReaderLineProtocol : Protocol<ReaderReport>
{
    private const int LongestLine = 40;
    private static readonly LineFinder Lines = new(
        LongestLine,
        line => ReaderReport.TryRead(line, out _, out _),
        (noise, rest) => !char.IsAsciiLetterOrDigit((char)noise) && rest[0] is (byte)'L' && ReaderReport.TryRead(rest, out _, out _));

    public override string Name => "reader-line";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => Lines;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out ReaderReport message, out Refusal refusal)
    {
        bool good = ReaderReport.TryRead(item.TrimEnd("\r\n"u8), out ReaderReport? read, out refusal);
        message = read!;
        return good;
    }

    public override void Write(ReaderReport message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        output.WriteAscii(message.ToString() + "\r\n");
    }

    protected override string MessageName(ReaderReport message) => message.Kind switch
    {
        ReaderLineKind.Animal => "animal",
        ReaderLineKind.Industrial => "industrial",
        _ => "power-up",
    };

    protected override void WriteFields(Utf8JsonWriter json, ReaderReport message, ProtocolSettings settings)
    {
        if (message.Code is { } code)
        {
            Iso11784Fields.Write(json, code);
        }
        if (message.Industrial is not null)
        {
            json.WriteString("industrialNumber", message.Industrial);
        }
        if (message.Reserved is not null)
        {
            json.WriteString("reserved", message.Reserved);
        }
    }
}
