using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>0x0900, 0x8900: bytes of something wired to the terminal, such as a load cell or a reader.</summary>
/// <param name="Type">0 GNSS, 0x0B IC card, 0x41 and 0x42 serial ports, 0xF0–0xFF the maker's.</param>
public sealed record Jt808PassThrough(byte Type, ReadOnlyMemory<byte> Content) : Jt808Body
{
    internal static Jt808PassThrough? Read(ReadOnlySpan<byte> body, ref Refusal refusal)
    {
        refusal = new Refusal(WireReasons.Truncated, 0);
        return body.IsEmpty ? null : new Jt808PassThrough(body[0], body[1..].ToArray());
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        output.WriteByte(Type);
        output.Write(Content.Span);
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        json.WriteString("type", $"0x{Type:x2}");
        json.WriteHex("contentHex", Content.Span);
    }
}
