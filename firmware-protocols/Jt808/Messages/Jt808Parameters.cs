using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>One setting of a terminal.</summary>
public sealed record Jt808Parameter(uint Id, ReadOnlyMemory<byte> Value)
{
    /// <summary>Seconds between heartbeats.</summary>
    public const uint HeartbeatSeconds = 0x0001;

    /// <summary>Seconds between reports while asleep.</summary>
    public const uint AsleepReportSeconds = 0x0027;

    /// <summary>Seconds between reports.</summary>
    public const uint ReportSeconds = 0x0029;

    public static Jt808Parameter Of(uint id, uint value)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return new Jt808Parameter(id, bytes);
    }
}

/// <summary>0x8103: count u8, then id u32, length u8, value.</summary>
public sealed record Jt808Parameters(IReadOnlyList<Jt808Parameter> Parameters) : Jt808Body
{
    /// <summary>The command that sets how often a terminal reports.</summary>
    /// <param name="seconds">Above 0.</param>
    public static Jt808Parameters ReportEvery(uint seconds) => new([Jt808Parameter.Of(Jt808Parameter.ReportSeconds, seconds)]);

    internal static Jt808Parameters? Read(ReadOnlySpan<byte> body, ref Refusal refusal)
    {
        List<Jt808Parameter> parameters = [];
        int at = 1;
        while (at < body.Length)
        {
            int length = body.Length - at < 5 ? body.Length : body[at + 4];
            if (length > body.Length - at - 5)
            {
                refusal = new Refusal(Jt808Reasons.BadBody, at);
                return null;
            }
            parameters.Add(new Jt808Parameter(BinaryPrimitives.ReadUInt32BigEndian(body[at..]), body.Slice(at + 5, length).ToArray()));
            at += 5 + length;
        }
        refusal = new Refusal(Jt808Reasons.BadBody, 0);
        return body.Length > 0 && parameters.Count == body[0] ? new Jt808Parameters(parameters) : null;
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        output.WriteByte((byte)Parameters.Count);
        foreach (Jt808Parameter parameter in Parameters)
        {
            output.WriteUInt32(parameter.Id);
            output.WriteByte((byte)parameter.Value.Length);
            output.Write(parameter.Value.Span);
        }
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        json.WriteStartArray("parameters");
        foreach (Jt808Parameter parameter in Parameters)
        {
            json.WriteStartObject();
            json.WriteString("id", $"0x{parameter.Id:x4}");
            json.WriteHex("hex", parameter.Value.Span);
            if (parameter.Value.Length == sizeof(uint))
            {
                json.WriteNumber("number", BinaryPrimitives.ReadUInt32BigEndian(parameter.Value.Span));
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
