using System.Buffers;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.RiceLake;

/// <summary>
/// <c>rice-lake</c>: 14 bytes, STX, blank or minus, seven characters with the point, unit, gross or net, status, CR LF. Source: Rice Lake's manuals of the 920i
/// and IQ plus (also called Consolidated Controls).
/// </summary>
public sealed class RiceLakeProtocol : ScaleProtocol
{
    private const byte Stx = 0x02;
    private const int Length = 14;
    private const int UnitAt = 9;
    private const int ModeAt = 10;
    private const int StatusAt = 11;
    private static readonly ProbingFinder Frames = new(Length, first => first == Stx, (stream, _) =>
        stream.Length < Length ? ProbingFinder.Unknown : Read(stream[..Length], out Refusal _) is not null ? Length : ProbingFinder.None);

    public override string Name => "rice-lake";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => Frames;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out ScaleMessage message, out Refusal refusal) =>
        Give(Read(item, out Refusal wrong), wrong, out message, out refusal);

    public override void Write(ScaleMessage message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        char polarity = message.Value < 0 || message.Event == ScaleEvent.Underload ? '-' : ' ';
        char unit = message.Unit switch { "lb" => 'L', "kg" => 'K', "t" => 'T', "g" => 'G', _ => 'O' };
        char mode = message.GrossNet == GrossNet.Net ? 'N' : 'G';
        char status = (message.Event, message.Stable) switch
        {
            (ScaleEvent.Overload or ScaleEvent.Underload, _) => 'O',
            (ScaleEvent.Invalid, _) => 'I',
            (_, Stability.No) => 'M',
            _ => message.Note is null ? ' ' : 'Z',
        };
        output.WriteAscii($"\u0002{polarity}{(message.Value is { } value ? ScaleNumber.Magnitude(value, UnitAt - 2) : ""),7}{unit}{mode}{status}\r\n");
    }

    private static ScaleMessage? Read(ReadOnlySpan<byte> frame, out Refusal wrong)
    {
        int end = frame.Length < Length ? frame.TrimEnd("\r\n"u8).Length : StatusAt + 1;
        wrong = frame switch
        {
            _ when end < StatusAt + 1 => new(WireReasons.Truncated, frame.Length),
            _ when frame.Length > Length => new(WireReasons.TrailingBytes, Length),
            _ when frame[0] != Stx => new(WireReasons.BadStart, 0),
            _ when frame.Length == Length && !frame.EndsWith("\r\n"u8) => new(WireReasons.BadEnd, StatusAt + 1),
            _ when frame[1] is not ((byte)' ' or (byte)'-') => new(WireReasons.BadDigits, 1),
            _ when frame[2..UnitAt].ContainsAny("+-"u8) => new(WireReasons.BadDigits, 2),
            _ when Unit(frame[UnitAt]) is null => new(WireReasons.UnknownUnit, UnitAt),
            _ when frame[ModeAt] is not ((byte)'G' or (byte)'N') => new(WireReasons.BadFormat, ModeAt),
            _ when " IMOZ"u8.IndexOf(frame[StatusAt]) < 0 => new(WireReasons.BadFormat, StatusAt),
            _ => default,
        };
        return wrong.IsNone ? Message(frame, out wrong) : null;
    }

    private static ScaleMessage? Message(ReadOnlySpan<byte> frame, out Refusal wrong)
    {
        bool negative = frame[1] == (byte)'-';
        GrossNet grossNet = frame[ModeAt] == (byte)'G' ? GrossNet.Gross : GrossNet.Net;
        string? unit = Unit(frame[UnitAt]);
        NumberReading reading = ScaleNumber.Read(frame[2..UnitAt], out decimal value);
        wrong = default;
        switch ((char)frame[StatusAt])
        {
            case 'O': return ScaleMessage.Of(negative ? ScaleEvent.Underload : ScaleEvent.Overload, unit, grossNet);
            case 'I': return ScaleMessage.Of(ScaleEvent.Invalid, unit, grossNet);
            case var _ when reading == NumberReading.Bad:
                wrong = new Refusal(WireReasons.BadDigits, 2);
                return null;
            case var _ when reading == NumberReading.Blank: return ScaleMessage.Of(ScaleEvent.Blank, unit, grossNet);
            case var status:
                return new ScaleMessage(
                    ScaleEvent.Weight, negative && value != 0 ? -value : value, unit, status == 'M' ? Stability.No : Stability.Yes, grossNet, null,
                    status == 'Z' ? "zero" : null);
        }
    }

    private static string? Unit(byte letter) => (char)letter switch { 'L' => "lb", 'K' => "kg", 'T' => "t", 'G' => "g", 'O' => "oz", _ => null };
}
