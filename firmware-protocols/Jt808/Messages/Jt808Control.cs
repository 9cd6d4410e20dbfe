using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>0x8105: a command word, and for some words text separated by semicolons.</summary>
/// <param name="Command">1 upgrade, 2 connect to, 3 switch off, 4 restart, 5 factory settings, 6 no data, 7 no radio; above, the maker's.</param>
public sealed record Jt808Control(byte Command, Jt808Text Arguments) : Jt808Body
{
    internal static Jt808Control? Read(ReadOnlySpan<byte> body, ref Refusal refusal)
    {
        refusal = new Refusal(WireReasons.Truncated, 0);
        return body.IsEmpty ? null : new Jt808Control(body[0], new Jt808Text(body[1..].ToArray()));
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        output.WriteByte(Command);
        output.Write(Arguments.Bytes.Span);
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        json.WriteNumber("command", Command);
        json.WriteString("arguments", Arguments.ToString());
    }
}
