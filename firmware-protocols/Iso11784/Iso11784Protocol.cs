using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Iso11784;

/// <summary><c>iso11784</c>: an animal's number in any of its notations.</summary>
public sealed class Iso11784Protocol : Protocol<Iso11784Text>
{
    private const int LongestLine = 24;
    private static readonly LineFinder Lines = new(
        LongestLine,
        line => Iso11784Text.TryRead(line, out _, out _),
        (noise, rest) => !char.IsAsciiLetterOrDigit((char)noise) && noise != (byte)'.' && Iso11784Text.TryRead(rest, out _, out _));

    public override string Name => "iso11784";

    public override bool IsLines => true;

    public override FrameFinder Finder(ProtocolSettings settings) => Lines;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out Iso11784Text message, out Refusal refusal)
    {
        bool good = Iso11784Text.TryRead(item.Length == 8 ? item : item.Trim(" \r\n"u8), out Iso11784Text? read, out refusal);
        message = read!;
        return good;
    }

    public override void Write(Iso11784Text message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        switch (message.Notation)
        {
            case Iso11784Notation.Binary: output.WriteUInt64(message.Code.Bits); break;
            case Iso11784Notation.ReversedBinary: output.WriteUInt64(Iso11784Code.Reversed(message.Code.Bits)); break;
            default: output.WriteAscii(message.ToString()); break;
        }
    }

    protected override string MessageName(Iso11784Text message) => message.Code.IsAnimal ? "animal" : "not-an-animal";

    protected override void WriteFields(Utf8JsonWriter json, Iso11784Text message, ProtocolSettings settings) => Iso11784Fields.Write(json, message.Code);
}
