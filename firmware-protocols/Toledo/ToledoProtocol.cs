using System.Buffers;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Toledo;

/// <summary>
/// <c>toledo</c>: continuous output of 17 bytes, 18 with a checksum: STX, three status bytes, weight and tare of six digits without a point, CR. Bit 7 may
/// carry parity. Source: Mettler Toledo's and Rockwell's manuals.
/// </summary>
public sealed class ToledoProtocol : ScaleProtocol
{
    private const byte Stx = 0x02;
    private const byte Cr = 0x0D;
    private const byte SevenBits = 0x7F;
    private const int PlainLength = 17;
    private const int CheckedLength = 18;
    private const int NetBit = 1;
    private const int NegativeBit = 2;
    private const int OutOfRangeBit = 4;
    private const int MotionBit = 8;
    private const int KilogramBit = 16;
    private const int AlwaysBit = 32;
    private static readonly ProbingFinder Frames = new(CheckedLength + 1, first => (first & SevenBits) == Stx, Probe);

    public override string Name => "toledo";

    public override FrameFinder Finder(ProtocolSettings settings) => Frames;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out ScaleMessage message, out Refusal refusal)
    {
        Refusal wrong = CheckFrame(item);
        return Give(wrong.IsNone ? Read(item, out wrong) : null, wrong, out message, out refusal);
    }

    /// <summary>Where the frame had a checksum, the note says so and one is written.</summary>
    public override void Write(ScaleMessage message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        Span<byte> frame = output.GetSpan(CheckedLength);
        (int point, decimal size) = Point(message.Value ?? 0, message.Tare ?? 0);
        bool small = message.Unit is not ("kg" or "lb");
        frame[0] = Stx;
        frame[1] = (byte)(AlwaysBit | 8 | point);
        frame[2] = (byte)(AlwaysBit
            | (message.GrossNet == GrossNet.Net ? NetBit : 0)
            | (message.Value < 0 || message.Event == ScaleEvent.Underload ? NegativeBit : 0)
            | (message.Event is ScaleEvent.Overload or ScaleEvent.Underload ? OutOfRangeBit : 0)
            | (message.Stable == Stability.No ? MotionBit : 0)
            | (message.Unit == "kg" ? KilogramBit : 0));
        frame[3] = (byte)(AlwaysBit | (small ? message.Unit switch { "g" => 1, "t" => 2, _ => 3 } : 0));
        Digits(message.Value, size, frame[4..10]);
        Digits(message.Tare, size, frame[10..16]);
        frame[16] = Cr;
        frame[17] = Checksum(frame[..PlainLength]);
        output.Advance(message.Note is null ? PlainLength : CheckedLength);
    }

    private static Refusal CheckFrame(ReadOnlySpan<byte> frame) => frame switch
    {
        _ when frame.Length < PlainLength => new(WireReasons.Truncated, frame.Length),
        _ when (frame[0] & SevenBits) != Stx => new(WireReasons.BadStart, 0),
        _ when frame.Length > CheckedLength => new(WireReasons.BadLength, CheckedLength),
        _ when (frame[16] & SevenBits) != Cr => new(WireReasons.BadEnd, 16),
        _ when frame.Length == CheckedLength && (frame[17] & SevenBits) != Checksum(frame[..PlainLength]) => new(WireReasons.BadChecksum, 17),
        _ => default,
    };

    private static ScaleMessage? Read(ReadOnlySpan<byte> frame, out Refusal wrong)
    {
        int a = frame[1] & SevenBits;
        int b = frame[2] & SevenBits;
        string? note = frame.Length == CheckedLength ? "checksum" : null;
        wrong = new Refusal(WireReasons.UnknownUnit, 3);
        if (Unit(frame[3] & 7, (b & KilogramBit) != 0) is not { } unit)
        {
            return null;
        }
        wrong = new Refusal(WireReasons.BadDigits, 4);
        if (!TryDigits(frame[4..10], a & 7, out decimal? weight))
        {
            return null;
        }
        wrong = new Refusal(WireReasons.BadDigits, 10);
        if (!TryDigits(frame[10..16], a & 7, out decimal? tare))
        {
            return null;
        }
        wrong = default;
        GrossNet grossNet = (b & NetBit) != 0 ? GrossNet.Net : GrossNet.Gross;
        bool negative = (b & NegativeBit) != 0;
        return (b & OutOfRangeBit) != 0 ? new ScaleMessage(negative ? ScaleEvent.Underload : ScaleEvent.Overload, null, unit, Stability.Unknown, grossNet, tare, note)
            : weight is null ? new ScaleMessage(ScaleEvent.Blank, null, unit, Stability.Unknown, grossNet, tare, note)
            : new ScaleMessage(
                ScaleEvent.Weight, negative && weight != 0 ? -weight : weight, unit, (b & MotionBit) != 0 ? Stability.No : Stability.Yes, grossNet, tare, note);
    }

    private static string? Unit(int other, bool kilogram) => other switch
    {
        0 => kilogram ? "kg" : "lb",
        1 => "g",
        2 => "t",
        3 => "oz",
        _ => null,
    };

    /// <summary>Six digits, leading blanks allowed; all blank gives null.</summary>
    private static bool TryDigits(ReadOnlySpan<byte> field, int point, out decimal? value)
    {
        value = null;
        long whole = 0;
        int digits = 0;
        foreach (byte raw in field)
        {
            int character = raw & SevenBits;
            if (character == ' ' && digits == 0)
            {
                continue;
            }
            if (character is < '0' or > '9')
            {
                return false;
            }
            whole = (whole * 10) + character - '0';
            digits++;
        }
        value = digits == 0 ? null
            : point switch { 0 => whole * 100m, 1 => whole * 10m, _ => ScaleNumber.Of(whole, false, point - 2) };
        return true;
    }

    /// <summary>Weight and tare share one point, so the larger decides.</summary>
    private static (int Point, decimal Size) Point(decimal value, decimal tare)
    {
        decimal magnitude = Math.Max(Math.Abs(value), tare);
        byte scale = Math.Max(value.Scale, tare.Scale);
        return scale > 0 ? (scale + 2, new decimal(1, 0, 0, false, scale))
            : magnitude > 9_999_999 ? (0, 100m)
            : magnitude > 999_999 ? (1, 10m)
            : (2, 1m);
    }

    private static void Digits(decimal? value, decimal size, Span<byte> field) => System.Text.Encoding.ASCII.GetBytes(
        value is { } known ? decimal.Truncate(Math.Abs(known) / size).ToString("000000", System.Globalization.CultureInfo.InvariantCulture) : "      ", field);

    // The low seven bits of the sum over everything, checksum included, are zero.
    private static byte Checksum(ReadOnlySpan<byte> bytes)
    {
        int sum = 0;
        foreach (byte value in bytes)
        {
            sum += value & SevenBits;
        }
        return (byte)(-sum & SevenBits);
    }

    private static int Probe(ReadOnlySpan<byte> stream, bool ended)
    {
        if (stream.Length < PlainLength)
        {
            return ProbingFinder.Unknown;
        }
        if (!CheckFrame(stream[..PlainLength]).IsNone || Read(stream[..PlainLength], out _) is null)
        {
            return ProbingFinder.None;
        }
        // Whether a checksum follows shows in the next two bytes: it may look like the start of the next frame, but not in front of one.
        if (stream.Length < CheckedLength + 1 && !ended)
        {
            return ProbingFinder.Unknown;
        }
        bool nextStarts = stream.Length > PlainLength && (stream[PlainLength] & SevenBits) == Stx;
        bool thenStarts = stream.Length > CheckedLength && (stream[CheckedLength] & SevenBits) == Stx;
        bool holds = stream.Length > PlainLength && CheckFrame(stream[..CheckedLength]).IsNone;
        return holds && (!nextStarts || thenStarts) ? CheckedLength
            : nextStarts || stream.Length == PlainLength || (stream[PlainLength] & SevenBits) is Cr or '\n' ? PlainLength
            : ProbingFinder.None;
    }
}
