using System.Buffers;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Xk3190;

/// <summary>
/// <c>xk3190-a12</c>: of A12E <c>WG004.139kg3D</c> with a checksum, of plain A12 <c>ww-0000.1kg</c> without. Overload and underload of A12E have the same
/// checksum, so the letters decide. Source: Yaohua's manuals of A12 and A12(E).
/// </summary>
public sealed class Xk3190A12Protocol : ScaleProtocol
{
    private const int CheckedLength = 13;
    private const int NumberLength = 7;
    private const int LongestLine = 16;
    private static readonly LineFinder Lines = new(LongestLine, "Ww ", line => Read(line, out _) is not null);

    public override string Name => "xk3190-a12";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => Lines;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out ScaleMessage message, out Refusal refusal) =>
        Give(Read(Line(item), out Refusal wrong), wrong, out message, out refusal);

    public override void Write(ScaleMessage message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        if (message.Note == "A12")
        {
            char kind = message.GrossNet switch { GrossNet.Net => 'n', GrossNet.Tare => 't', _ => 'w' };
            output.WriteAscii($"w{kind}{Number(message.Value, message.Value < 0 ? NumberLength - 1 : NumberLength, message.Value < 0 ? "-" : "")}{message.Unit}\r\n");
            return;
        }
        string text = message.Event switch
        {
            ScaleEvent.Overload => "         OL",
            ScaleEvent.Underload => "         LO",
            _ when message.Value < 0 => $"W{Kind(message)}-{Number(message.Value, NumberLength - 1, "")}{message.Unit}",
            _ => $"W{Kind(message)}{Number(message.Value, NumberLength, "")}{message.Unit}",
        };
        Span<byte> line = output.GetSpan(CheckedLength + 2);
        System.Text.Encoding.ASCII.GetBytes(text, line);
        NibbleXor.Write(line[..11], line[11..]);
        "\r\n"u8.CopyTo(line[CheckedLength..]);
        output.Advance(CheckedLength + 2);
    }

    private static char Kind(ScaleMessage message) => message.GrossNet == GrossNet.Net ? 'N' : 'G';

    private static string Number(decimal? value, int width, string sign) =>
        sign + (value is { } known ? ScaleNumber.Magnitude(known, width).PadLeft(width, '0') : "".PadLeft(width));

    private static ScaleMessage? Read(ReadOnlySpan<byte> line, out Refusal wrong)
    {
        if (line.StartsWith("w"u8))
        {
            return ReadPlain(line, out wrong);
        }
        wrong = line switch
        {
            _ when line.Length < CheckedLength => new(WireReasons.Truncated, line.Length),
            _ when line.Length > CheckedLength => new(WireReasons.TrailingBytes, CheckedLength),
            _ when !NibbleXor.Holds(line[..11], line[11..]) => new(WireReasons.BadChecksum, 11),
            _ => default,
        };
        if (!wrong.IsNone)
        {
            return null;
        }
        if (!line[..9].ContainsAnyExcept((byte)' '))
        {
            wrong = new Refusal(WireReasons.BadFormat, 9);
            return line[9..11].SequenceEqual("OL"u8) ? ScaleMessage.Of(ScaleEvent.Overload)
                : line[9..11].SequenceEqual("LO"u8) ? ScaleMessage.Of(ScaleEvent.Underload)
                : null;
        }
        GrossNet grossNet = line.StartsWith("WG"u8) ? GrossNet.Gross : line.StartsWith("WN"u8) ? GrossNet.Net : GrossNet.Unknown;
        wrong = new Refusal(WireReasons.BadStart, 0);
        return grossNet == GrossNet.Unknown ? null : Weight(line[2..9], line[9..11], grossNet, null, out wrong);
    }

    private static ScaleMessage? ReadPlain(ReadOnlySpan<byte> line, out Refusal wrong)
    {
        GrossNet grossNet = line.Length < 2 ? GrossNet.Unknown
            : line[1] switch { (byte)'w' => GrossNet.Gross, (byte)'n' => GrossNet.Net, (byte)'t' => GrossNet.Tare, _ => GrossNet.Unknown };
        int signed = line.Length > 2 && line[2] is (byte)'-' or (byte)'+' ? 1 : 0;
        wrong = new Refusal(line.Length < 11 ? WireReasons.Truncated : WireReasons.BadLength, line.Length);
        // "-0000.1" and "000.000" have seven characters; some send eight with the sign.
        if (line.Length is not 11 and not 12 || (line.Length == 12 && signed == 0))
        {
            return null;
        }
        wrong = new Refusal(WireReasons.BadStart, 0);
        return grossNet == GrossNet.Unknown ? null : Weight(line[2..^2], line[^2..], grossNet, "A12", out wrong);
    }

    private static ScaleMessage? Weight(ReadOnlySpan<byte> number, ReadOnlySpan<byte> unit, GrossNet grossNet, string? note, out Refusal wrong)
    {
        if (!ScaleUnits.TryParse(unit, out string symbol))
        {
            wrong = new Refusal(WireReasons.UnknownUnit, 2 + number.Length);
            return null;
        }
        NumberReading reading = ScaleNumber.Read(number, out decimal value);
        wrong = reading == NumberReading.Bad ? new Refusal(WireReasons.BadDigits, 2) : default;
        return reading switch
        {
            NumberReading.Bad => null,
            NumberReading.Blank => ScaleMessage.Of(ScaleEvent.Blank, symbol, grossNet, note),
            _ => new ScaleMessage(ScaleEvent.Weight, value, symbol, Stability.Unknown, grossNet, null, note),
        };
    }
}
