using System.Buffers;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Ohaus;

/// <summary>
/// <c>ohaus</c>: weight, unit, <c>?</c> while unstable, then perhaps a legend; <c>G, T, N</c> in front on a printed ticket. Source: Ohaus' manuals of the RS232
/// interface, Defender 3000 and Ranger.
/// </summary>
public sealed class OhausProtocol : ScaleProtocol
{
    private const int LongestLine = 60;
    private const int WeightWidth = 11;

    /// <summary>Of the field with its sign and blank. After noise a shorter one may have lost its sign (Ranger prints it eleven places before the unit).</summary>
    private const int LeastWidthAfterNoise = 11;

    private static readonly LineFinder Lines = new(LongestLine, line => Read(line, out _) is not null, IsAfterNoise);

    public override string Name => "ohaus";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => Lines;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out ScaleMessage message, out Refusal refusal) =>
        Give(Read(Line(item), out Refusal wrong), wrong, out message, out refusal);

    public override void Write(ScaleMessage message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        string stable = message.Stable == Stability.No ? " ?" : "";
        string legend = message.GrossNet switch
        {
            GrossNet.Gross => " G",
            GrossNet.Net => " NET",
            GrossNet.Tare => " T",
            _ => "",
        };
        output.WriteAscii($"{(message.Value is { } value ? ScaleNumber.Text(value) : ""),WeightWidth} {message.Unit}{stable}{legend}\r\n");
    }

    private static bool IsAfterNoise(byte noise, ReadOnlySpan<byte> rest)
    {
        bool wholeField = rest[0] == (byte)'-' || (rest[0] == (byte)' ' ? rest.IndexOfAnyInRange((byte)'A', (byte)'z') >= LeastWidthAfterNoise : rest[0] is (byte)'G' or (byte)'T' or (byte)'N');
        return noise is < (byte)' ' or > (byte)'~' && wholeField && Read(rest, out _) is not null;
    }

    private static ScaleMessage? Read(ReadOnlySpan<byte> line, out Refusal wrong)
    {
        ReadOnlySpan<byte> rest = line.TrimEnd((byte)' ');
        GrossNet grossNet = GrossNet.Unknown;
        if (!rest.IsEmpty && char.IsAsciiLetter((char)rest[0]))
        {
            int space = rest.IndexOf((byte)' ');
            grossNet = space < 0 ? GrossNet.Unknown : Legend(rest[..space].TrimEnd((byte)':'));
            wrong = new Refusal(WireReasons.BadFormat, 0);
            if (grossNet == GrossNet.Unknown)
            {
                return null;
            }
            rest = rest[space..];
        }
        int unitAt = rest.IndexOfAnyInRange((byte)'A', (byte)'z');
        wrong = new Refusal(unitAt < 0 ? WireReasons.Truncated : WireReasons.BadDigits, unitAt < 0 ? line.Length : 0);
        NumberReading reading = unitAt <= 0 || rest[unitAt - 1] != (byte)' ' ? NumberReading.Bad : ScaleNumber.Read(rest[..unitAt], out _);
        if (reading == NumberReading.Bad)
        {
            return null;
        }
        return Read(rest, unitAt, grossNet, reading, out wrong);
    }

    private static ScaleMessage? Read(ReadOnlySpan<byte> rest, int unitAt, GrossNet grossNet, NumberReading reading, out Refusal wrong)
    {
        ReadOnlySpan<byte> tail = rest[unitAt..];
        int unitEnd = tail.IndexOfAny((byte)' ', (byte)'?');
        ReadOnlySpan<byte> unit = unitEnd < 0 ? tail : tail[..unitEnd];
        if (!ScaleUnits.TryParse(unit, out string symbol))
        {
            wrong = new Refusal(WireReasons.UnknownUnit, unitAt);
            return null;
        }
        tail = tail[unit.Length..].TrimStart((byte)' ');
        bool unstable = tail.StartsWith("?"u8);
        tail = unstable ? tail[1..].TrimStart((byte)' ') : tail;
        GrossNet legend = tail.IsEmpty ? grossNet : Legend(tail);
        if (!tail.IsEmpty && (legend == GrossNet.Unknown || grossNet != GrossNet.Unknown))
        {
            wrong = new Refusal(WireReasons.BadFormat, unitAt + unit.Length);
            return null;
        }
        wrong = default;
        ScaleNumber.Read(rest[..unitAt], out decimal value);
        return reading == NumberReading.Blank
            ? ScaleMessage.Of(ScaleEvent.Blank, symbol, legend)
            : new ScaleMessage(ScaleEvent.Weight, value, symbol, unstable ? Stability.No : Stability.Yes, legend);
    }

    private static GrossNet Legend(ReadOnlySpan<byte> text) => text switch
    {
        _ when text.SequenceEqual("G"u8) || text.SequenceEqual("B/G"u8) || text.SequenceEqual("Gross"u8) => GrossNet.Gross,
        _ when text.SequenceEqual("N"u8) || text.SequenceEqual("NET"u8) || text.SequenceEqual("Net"u8) => GrossNet.Net,
        _ when text.SequenceEqual("T"u8) || text.SequenceEqual("Tare"u8) => GrossNet.Tare,
        _ => GrossNet.Unknown,
    };
}
