using System.Buffers;
using Earmark.FirmwareProtocols.Weighing;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Xk3190;

/// <summary>
/// <c>xk3190-eq</c> and <c>xk3190-eq-reversed</c>: <c>=</c> and 8 characters, the display from its first or from its last character. The bytes don't tell
/// which, so it is a setting of the device. Source: Yaohua's manuals of A9 and A26.
/// </summary>
/// <param name="reversed">The last character comes first.</param>
public sealed class Xk3190EqualsProtocol(bool reversed) : ScaleProtocol
{
    private const byte Start = (byte)'=';
    private const int Characters = 8;
    private const int Length = Characters + 1;
    private static readonly SearchValues<byte> Displayed = SearchValues.Create("0123456789.-"u8);
    private readonly ProbingFinder _frames = new(Length, first => first == Start, (stream, _) =>
        stream.Length < Length ? ProbingFinder.Unknown : Check(stream[..Length], reversed, out decimal? _).IsNone ? Length : ProbingFinder.None);

    public override string Name => reversed ? "xk3190-eq-reversed" : "xk3190-eq";

    public override FrameFinder Finder(ProtocolSettings settings) => _frames;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out ScaleMessage message, out Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Refusal wrong = Check(Line(item), reversed, out decimal? value);
        string unit = ScaleUnits.Symbol(settings.Unit);
        ScaleMessage? read = !wrong.IsNone ? null
            : value is null ? ScaleMessage.Of(ScaleEvent.Blank, unit)
            : new ScaleMessage(ScaleEvent.Weight, value, unit, Stability.Unknown, GrossNet.Unknown);
        return Give(read, wrong, out message, out refusal);
    }

    public override void Write(ScaleMessage message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(output);
        Span<byte> frame = output.GetSpan(Length);
        frame[0] = Start;
        Span<byte> characters = frame[1..Length];
        characters.Fill((byte)' ');
        if (message.Value is { } value)
        {
            characters.Fill((byte)'0');
            string digits = ScaleNumber.Magnitude(value, value < 0 ? Characters - 1 : Characters);
            System.Text.Encoding.ASCII.GetBytes(digits, characters[^digits.Length..]);
            characters[0] = value < 0 ? (byte)'-' : characters[0];
        }
        if (reversed)
        {
            characters.Reverse();
        }
        output.Advance(Length);
    }

    private static Refusal Check(ReadOnlySpan<byte> frame, bool reversed, out decimal? value)
    {
        value = null;
        if (frame.IsEmpty || frame[0] != Start)
        {
            return new Refusal(WireReasons.BadStart, 0);
        }
        if (frame.Length != Length)
        {
            return new Refusal(frame.Length < Length ? WireReasons.Truncated : WireReasons.BadLength, Math.Min(frame.Length, Length));
        }
        Span<byte> characters = stackalloc byte[Characters];
        frame[1..].CopyTo(characters);
        if (reversed)
        {
            characters.Reverse();
        }
        // A sign stands in front; blanks only where the whole display is blank, or a digit lost on the line would shorten the number.
        bool plain = !characters.ContainsAnyExcept(Displayed) && characters[1..].IndexOf((byte)'-') < 0;
        NumberReading reading = ScaleNumber.Read(characters, out decimal number);
        if (reading == NumberReading.Bad || (reading == NumberReading.Good && !plain))
        {
            return new Refusal(WireReasons.BadDigits, 1);
        }
        value = reading == NumberReading.Good ? number : null;
        return default;
    }
}
