using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>0x0200, and 0x0201 where it answers a question.</summary>
/// <param name="ReplyTo">Serial of the question; 0x0201 only.</param>
/// <param name="Items">Its additional items as they came, unknown ones included.</param>
public sealed record Jt808LocationReport(Jt808Location Location, ReadOnlyMemory<byte> Items, ushort? ReplyTo) : Jt808Body
{
    internal static Jt808LocationReport? Read(ReadOnlySpan<byte> body, ProtocolSettings settings, ushort? replyTo, out Refusal refusal) =>
        Jt808LocationCodec.TryRead(body, settings.Zone, out Jt808Location location, out refusal)
            ? new Jt808LocationReport(location, body[Jt808LocationCodec.BasicLength..].ToArray(), replyTo)
            : null;

    internal static Jt808LocationReport? ReadReply(ReadOnlySpan<byte> body, ProtocolSettings settings, ref Refusal refusal)
    {
        if (body.Length < 2)
        {
            return null;
        }
        Jt808LocationReport? read = Read(body[2..], settings, BinaryPrimitives.ReadUInt16BigEndian(body), out Refusal inner);
        refusal = new Refusal(inner.Reason, inner.Offset + 2);
        return read;
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        if (ReplyTo is { } serial)
        {
            output.WriteUInt16(serial);
        }
        Jt808LocationCodec.Write(Location, settings.Zone, output.GetSpan(Jt808LocationCodec.BasicLength));
        output.Advance(Jt808LocationCodec.BasicLength);
        output.Write(Items.Span);
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        if (ReplyTo is { } serial)
        {
            json.WriteNumber("replyToSerial", serial);
        }
        Jt808LocationFields.Write(json, Location, Items.Span, header.Is2019);
    }
}
