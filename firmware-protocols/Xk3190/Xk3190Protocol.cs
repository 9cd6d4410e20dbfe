using System.Buffers;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Xk3190;

/// <summary>
/// <c>xk3190</c>: continuous format 0 of 12 bytes, and the command mode's question (6) and answer (14). Source: Yaohua's manuals of A9, A23p, A26, DS3.
/// </summary>
public sealed class Xk3190Protocol : ScaleProtocol
{
    private const byte Stx = 0x02;
    private const byte Etx = 0x03;
    private const int QuestionLength = 6;
    private const int ContinuousLength = 12;
    private const int AnswerLength = 14;
    private const int NumberLength = 8;
    private const int MostDecimals = 4;
    private static readonly ProbingFinder Frames = new(AnswerLength, first => first == Stx, Probe);

    public override string Name => "xk3190";

    public override FrameFinder Finder(ProtocolSettings settings) => Frames;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out ScaleMessage message, out Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Refusal wrong = CheckFrame(item);
        return Give(wrong.IsNone ? Read(item, settings, out wrong) : null, wrong, out message, out refusal);
    }

    public override void Write(ScaleMessage message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        Span<byte> frame = output.GetSpan(AnswerLength);
        int at = 1;
        foreach (char named in message.Note ?? "")
        {
            frame[at++] = (byte)named;
        }
        if (message.Event != ScaleEvent.Question)
        {
            WriteNumber(message.Value, frame.Slice(at, NumberLength));
            at += NumberLength;
        }
        frame[0] = Stx;
        NibbleXor.Write(frame[1..at], frame[at..]);
        frame[at + 2] = Etx;
        output.Advance(at + 3);
    }

    private static Refusal CheckFrame(ReadOnlySpan<byte> frame) => frame switch
    {
        _ when frame.Length < QuestionLength => new(WireReasons.Truncated, frame.Length),
        _ when frame[0] != Stx => new(WireReasons.BadStart, 0),
        _ when frame.Length is not (QuestionLength or ContinuousLength or AnswerLength) =>
            new(frame.Length < AnswerLength ? WireReasons.Truncated : WireReasons.BadLength, Math.Min(frame.Length, AnswerLength)),
        _ when frame[^1] != Etx => new(WireReasons.BadEnd, frame.Length - 1),
        _ when !NibbleXor.Holds(frame[1..^3], frame[^3..]) => new(WireReasons.BadChecksum, frame.Length - 3),
        _ => default,
    };

    private static ScaleMessage? Read(ReadOnlySpan<byte> frame, ProtocolSettings settings, out Refusal wrong)
    {
        string? note = null;
        GrossNet grossNet = GrossNet.Unknown;
        int number = 1;
        if (frame.Length != ContinuousLength)
        {
            wrong = new Refusal(WireReasons.BadFormat, 1);
            char address = (char)frame[1];
            char command = (char)frame[2];
            if (address is not (>= 'A' and <= 'Z') || char.ToUpperInvariant(command) is not (>= 'A' and <= 'D'))
            {
                return null;
            }
            note = $"{address}{command}";
            grossNet = char.ToUpperInvariant(command) switch { 'B' => GrossNet.Gross, 'C' => GrossNet.Tare, 'D' => GrossNet.Net, _ => GrossNet.Unknown };
            number = 3;
        }
        if (frame.Length == QuestionLength)
        {
            wrong = default;
            return ScaleMessage.Of(ScaleEvent.Question, null, grossNet, note);
        }
        wrong = ReadNumber(frame.Slice(number, NumberLength), number, out decimal? value);
        string unit = ScaleUnits.Symbol(settings.Unit);
        return !wrong.IsNone ? null
            : value is null ? ScaleMessage.Of(ScaleEvent.Blank, unit, grossNet, note)
            : new ScaleMessage(ScaleEvent.Weight, value, unit, Stability.Unknown, grossNet, null, note);
    }

    private static Refusal ReadNumber(ReadOnlySpan<byte> field, int offset, out decimal? value)
    {
        value = null;
        ReadOnlySpan<byte> digits = field[1..7];
        int decimals = field[7] - '0';
        if (field[0] is not ((byte)'+' or (byte)'-'))
        {
            return new Refusal(WireReasons.BadDigits, offset);
        }
        if (decimals is < 0 or > MostDecimals)
        {
            return new Refusal(WireReasons.BadFormat, offset + 7);
        }
        if (!digits.ContainsAnyExcept((byte)' '))
        {
            return default;
        }
        if (digits.ContainsAnyExceptInRange((byte)'0', (byte)'9') || !ScaleNumber.TryDigits(digits, out long whole))
        {
            return new Refusal(WireReasons.BadDigits, offset + 1);
        }
        value = ScaleNumber.Of(whole, field[0] == (byte)'-', decimals);
        return default;
    }

    private static void WriteNumber(decimal? value, Span<byte> field)
    {
        field[0] = (byte)(value < 0 ? '-' : '+');
        int decimals = value?.Scale ?? 0;
        string digits = value is { } known ? $"{decimal.Truncate(Math.Abs(known) * Power(decimals)):000000}" : new string(' ', 6);
        System.Text.Encoding.ASCII.GetBytes(digits, field[1..7]);
        field[7] = (byte)('0' + decimals);
    }

    private static decimal Power(int decimals) => decimals switch { 0 => 1m, 1 => 10m, 2 => 100m, 3 => 1_000m, _ => 10_000m };

    private static int Probe(ReadOnlySpan<byte> stream, bool ended)
    {
        foreach (int length in (ReadOnlySpan<int>)[QuestionLength, ContinuousLength, AnswerLength])
        {
            if (stream.Length < length)
            {
                return ProbingFinder.Unknown;
            }
            if (CheckFrame(stream[..length]).IsNone)
            {
                return length;
            }
        }
        return ProbingFinder.None;
    }
}
