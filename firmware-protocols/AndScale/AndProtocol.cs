using System.Buffers;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.AndScale;

/// <summary>
/// <c>and</c>: A&amp;D's <c>ST,+00123.45  g</c> and the longer <c>ST,GS,+  4.876kg</c> of floor scales (AD-4329, CAS, many Chinese indicators). On overload the
/// digits are blanks and the point stays. Source: A&amp;D's manuals.
/// </summary>
public sealed class AndProtocol : ScaleProtocol
{
    private const int LongestLine = 40;
    private static readonly LineFinder Lines = new(LongestLine, "SUOQ", line => Read(line, out _) is not null);

    public override string Name => "and";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => Lines;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out ScaleMessage message, out Refusal refusal) =>
        Give(Read(Line(item), out Refusal wrong), wrong, out message, out refusal);

    public override void Write(ScaleMessage message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        bool isLong = message.GrossNet != GrossNet.Unknown || message.Note is not null;
        string head = message.Event switch
        {
            ScaleEvent.Overload or ScaleEvent.Underload => "OL",
            ScaleEvent.Count => "QT",
            _ => message.Stable == Stability.No ? "US" : "ST",
        };
        char sign = message.Event == ScaleEvent.Underload || message.Value < 0 ? '-' : '+';
        string digits = message.Value is { } value ? ScaleNumber.Magnitude(value) : "";
        string body = (isLong, message.Event) switch
        {
            (true, ScaleEvent.Weight) => $"{sign}{digits,7}{message.Unit}",
            (_, ScaleEvent.Underload) when message.Unit is not null => $"-    .  {message.Unit}",
            (_, ScaleEvent.Overload) when message.Unit is not null => $"     .  {message.Unit}",
            (true, ScaleEvent.Blank) => $"     .  {message.Unit}",
            (_, ScaleEvent.Overload or ScaleEvent.Underload) => $"{sign}9999999E+19",
            (false, ScaleEvent.Count) => $"{sign}{digits.PadLeft(8, '0')} PC",
            (false, ScaleEvent.Blank) => $"         {message.Unit,3}",
            _ => $"{sign}{digits.PadLeft(8, '0')}{message.Unit,3}",
        };
        output.WriteAscii($"{head},{(isLong ? message.Note + "," : "")}{body}\r\n");
    }

    private static ScaleMessage? Read(ReadOnlySpan<byte> line, out Refusal wrong)
    {
        wrong = new Refusal(WireReasons.BadStart, 0);
        if (line.Length < 4 || line[2] != (byte)',')
        {
            return null;
        }
        ReadOnlySpan<byte> head = line[..2];
        bool overload = head.SequenceEqual("OL"u8);
        bool count = head.SequenceEqual("QT"u8);
        Stability stable = head.SequenceEqual("ST"u8) ? Stability.Yes : head.SequenceEqual("US"u8) ? Stability.No : Stability.Unknown;
        if (stable == Stability.Unknown && !overload && !count)
        {
            return null;
        }
        int at = 3;
        string? mode = null;
        GrossNet grossNet = GrossNet.Unknown;
        if (line.Length > 6 && line[5] == (byte)',')
        {
            (grossNet, mode) = Mode(line[3..5]);
            wrong = new Refusal(WireReasons.BadFormat, 3);
            if (mode is null)
            {
                return null;
            }
            at = 6;
        }
        return Body(line, at, new ScaleMessage(count ? ScaleEvent.Count : ScaleEvent.Weight, null, null, stable, grossNet, null, mode), overload, out wrong);
    }

    private static (GrossNet GrossNet, string? Mode) Mode(ReadOnlySpan<byte> mode) => mode switch
    {
        _ when mode.SequenceEqual("GS"u8) => (GrossNet.Gross, "GS"),
        _ when mode.SequenceEqual("NT"u8) => (GrossNet.Net, "NT"),
        _ when mode.SequenceEqual("TR"u8) => (GrossNet.Tare, "TR"),
        _ when mode.SequenceEqual("PT"u8) => (GrossNet.Tare, "PT"),
        _ => (GrossNet.Unknown, null),
    };

    private static ScaleMessage? Body(ReadOnlySpan<byte> line, int at, ScaleMessage head, bool overload, out Refusal wrong)
    {
        ReadOnlySpan<byte> body = line[at..].TrimEnd((byte)' ');
        if (overload && (body.SequenceEqual("+9999999E+19"u8) || body.SequenceEqual("-9999999E+19"u8)))
        {
            wrong = default;
            return head with { Event = body[0] == (byte)'-' ? ScaleEvent.Underload : ScaleEvent.Overload, Stable = Stability.Unknown };
        }
        int unitAt = body.Length;
        while (unitAt > 0 && char.IsAsciiLetter((char)body[unitAt - 1]))
        {
            unitAt--;
        }
        // Some indicators part the unit with a comma.
        ReadOnlySpan<byte> number = body[..unitAt].TrimEnd((byte)' ');
        number = number.EndsWith(","u8) ? number[..^1] : number;
        NumberReading reading = ScaleNumber.Read(number, out decimal value);
        ReadOnlySpan<byte> unit = body[unitAt..];
        if (head.Event == ScaleEvent.Count)
        {
            wrong = new Refusal(reading == NumberReading.Good ? WireReasons.UnknownUnit : WireReasons.BadDigits, at);
            return reading == NumberReading.Good && head.Note is null && (unit.SequenceEqual("PC"u8) || unit.SequenceEqual("PCS"u8))
                ? head with { Value = value }
                : null;
        }
        if (!ScaleUnits.TryParse(unit, out string symbol))
        {
            wrong = new Refusal(WireReasons.UnknownUnit, at + unitAt);
            return null;
        }
        wrong = reading == NumberReading.Bad ? new Refusal(WireReasons.BadDigits, at) : default;
        bool negative = number.TrimStart((byte)' ').StartsWith("-"u8);
        return reading switch
        {
            NumberReading.Bad => null,
            _ when overload => head with { Event = negative ? ScaleEvent.Underload : ScaleEvent.Overload, Unit = symbol },
            NumberReading.Blank => head with { Event = ScaleEvent.Blank, Unit = symbol, Stable = Stability.Unknown },
            _ => head with { Value = value, Unit = symbol },
        };
    }
}
