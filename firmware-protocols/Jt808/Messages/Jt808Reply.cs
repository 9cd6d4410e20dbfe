using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

public enum Jt808Result : byte
{
    Done = 0,
    Failed = 1,
    Bad = 2,
    Unsupported = 3,

    /// <summary>From the platform only.</summary>
    AlarmHandled = 4,
}

/// <summary>0x0001, 0x8001: the other side's message with this serial and id was taken, or not. 5 bytes.</summary>
public sealed record Jt808Reply(ushort ReplyTo, ushort ReplyToId, Jt808Result Result) : Jt808Body
{
    private const int Length = 5;
    private static readonly string[] Names = ["done", "failed", "bad", "unsupported", "alarm-handled"];

    internal static Jt808Reply? Read(ReadOnlySpan<byte> body, ref Refusal refusal)
    {
        if (body.Length != Length || body[4] >= Names.Length)
        {
            refusal = new Refusal(Jt808Reasons.BadBody, Math.Min(body.Length, 4));
            return null;
        }
        return new Jt808Reply(BinaryPrimitives.ReadUInt16BigEndian(body), BinaryPrimitives.ReadUInt16BigEndian(body[2..]), (Jt808Result)body[4]);
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        output.WriteUInt16(ReplyTo);
        output.WriteUInt16(ReplyToId);
        output.WriteByte((byte)Result);
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        json.WriteNumber("replyToSerial", ReplyTo);
        json.WriteString("replyToId", $"0x{ReplyToId:x4}");
        json.WriteString("result", Names[(int)Result]);
    }
}
