using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>0x8300: flags, in 2019 a type, then the text.</summary>
/// <param name="Flags">Bit 0 urgent, 2 on the display, 3 read aloud, 4 on the advertising board.</param>
/// <param name="Type">2019 only: 1 notice, 2 service.</param>
public sealed record Jt808TextMessage(byte Flags, byte? Type, Jt808Text Text) : Jt808Body
{
    internal static Jt808TextMessage? Read(in Jt808Header header, ReadOnlySpan<byte> body, ref Refusal refusal)
    {
        int text = header.Is2019 ? 2 : 1;
        refusal = new Refusal(WireReasons.Truncated, body.Length);
        return body.Length < text ? null : new Jt808TextMessage(body[0], header.Is2019 ? body[1] : null, new Jt808Text(body[text..].ToArray()));
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        output.WriteByte(Flags);
        if (header.Is2019)
        {
            output.WriteByte(Type ?? 1);
        }
        output.Write(Text.Bytes.Span);
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        json.WriteNumber("flags", Flags);
        json.WriteNumberOrNull("type", Type);
        json.WriteString("text", Text.ToString());
    }
}
