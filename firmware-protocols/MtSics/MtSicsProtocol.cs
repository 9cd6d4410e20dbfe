using System.Buffers;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.MtSics;

/// <summary>
/// <c>mt-sics</c>: the answers of a Mettler Toledo scale, <c>S S     100.00 g</c>. The weight asked for with S and SI is the net weight. Source: MT-SICS
/// reference manuals, levels 0 and 1.
/// </summary>
public sealed class MtSicsProtocol : ScaleProtocol
{
    private const int LongestLine = 80;
    private const int LongestSerial = 40;
    private const int ValueWidth = 10;
    private static readonly LineFinder Lines = new(LongestLine, "STEI", line => Read(line, out _) is not null);

    public override string Name => "mt-sics";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => Lines;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out ScaleMessage message, out Refusal refusal) =>
        Give(Read(Line(item), out Refusal wrong), wrong, out message, out refusal);

    public override void Write(ScaleMessage message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        output.WriteAscii(message.Event switch
        {
            ScaleEvent.Overload => "S +",
            ScaleEvent.Underload => "S -",
            ScaleEvent.NotReady => "S I",
            ScaleEvent.Identity => $"I4 A \"{message.Note}\"",
            ScaleEvent.Error => message.Note switch { "syntax" => "ES", "transmission" => "ET", _ => "EL" },
            _ when message.GrossNet == GrossNet.Tare => $"TA A {Shown(message),ValueWidth} {message.Unit}",
            _ => $"S {(message.Stable == Stability.Yes ? 'S' : 'D')} {Shown(message),ValueWidth} {message.Unit}",
        });
        output.WriteAscii("\r\n");
    }

    private static string Shown(ScaleMessage message) => message.Value is { } value ? ScaleNumber.Text(value) : "";

    private static ScaleMessage? Read(ReadOnlySpan<byte> line, out Refusal wrong)
    {
        wrong = new Refusal(line.IsEmpty ? WireReasons.Truncated : WireReasons.UnknownMessage, 0);
        return line switch
        {
            _ when line.SequenceEqual("ES"u8) => ScaleMessage.Of(ScaleEvent.Error, note: "syntax"),
            _ when line.SequenceEqual("ET"u8) => ScaleMessage.Of(ScaleEvent.Error, note: "transmission"),
            _ when line.SequenceEqual("EL"u8) => ScaleMessage.Of(ScaleEvent.Error, note: "logic"),
            _ when line.SequenceEqual("S I"u8) => ScaleMessage.Of(ScaleEvent.NotReady),
            _ when line.SequenceEqual("S +"u8) => ScaleMessage.Of(ScaleEvent.Overload),
            _ when line.SequenceEqual("S -"u8) => ScaleMessage.Of(ScaleEvent.Underload),
            _ when line.StartsWith("S S "u8) => Weight(line, 4, Stability.Yes, GrossNet.Net, out wrong),
            _ when line.StartsWith("S D "u8) => Weight(line, 4, Stability.No, GrossNet.Net, out wrong),
            _ when line.StartsWith("TA A "u8) => Weight(line, 5, Stability.Yes, GrossNet.Tare, out wrong),
            _ when line.StartsWith("I4 A \""u8) => Identity(line, out wrong),
            _ => null,
        };
    }

    private static ScaleMessage? Identity(ReadOnlySpan<byte> line, out Refusal wrong)
    {
        ReadOnlySpan<byte> serial = line["I4 A \"".Length..];
        wrong = new Refusal(WireReasons.BadFormat, line.Length);
        bool good = serial.Length is > 1 and <= LongestSerial && serial[^1] == (byte)'"' && !serial[..^1].ContainsAnyExceptInRange((byte)' ', (byte)'~')
            && serial[..^1].IndexOf((byte)'"') < 0;
        return good ? ScaleMessage.Of(ScaleEvent.Identity, note: System.Text.Encoding.ASCII.GetString(serial[..^1])) : null;
    }

    private static ScaleMessage? Weight(ReadOnlySpan<byte> line, int at, Stability stable, GrossNet grossNet, out Refusal wrong)
    {
        ReadOnlySpan<byte> rest = line[at..].TrimEnd((byte)' ');
        int unitAt = rest.LastIndexOf((byte)' ') + 1;
        ReadOnlySpan<byte> number = rest[..unitAt].Trim((byte)' ');
        wrong = new Refusal(WireReasons.BadDigits, at);
        NumberReading reading = ScaleNumber.Read(number, out decimal value);
        if (reading == NumberReading.Bad || number.IndexOf((byte)' ') >= 0)
        {
            return null;
        }
        wrong = new Refusal(WireReasons.UnknownUnit, at + unitAt);
        return !ScaleUnits.TryParse(rest[unitAt..], out string unit) ? null
            : reading == NumberReading.Blank ? ScaleMessage.Of(ScaleEvent.Blank, unit, grossNet)
            : new ScaleMessage(ScaleEvent.Weight, value, unit, stable, grossNet);
    }
}
