using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>0x0704: several locations, each with its length in front.</summary>
/// <param name="IsBacklog">Collected while there was no network; else as they happened.</param>
public sealed record Jt808LocationBatch(bool IsBacklog, IReadOnlyList<Jt808LocationReport> Locations) : Jt808Body
{
    internal static Jt808LocationBatch? Read(ReadOnlySpan<byte> body, ProtocolSettings settings, ref Refusal refusal)
    {
        if (body.Length < 3 || body[2] > 1)
        {
            refusal = new Refusal(Jt808Reasons.BadBody, Math.Min(body.Length, 2));
            return null;
        }
        int count = BinaryPrimitives.ReadUInt16BigEndian(body);
        List<Jt808LocationReport> locations = new(Math.Min(count, body.Length / Jt808LocationCodec.BasicLength));
        int at = 3;
        while (at < body.Length)
        {
            int length = body.Length - at < 2 ? body.Length : BinaryPrimitives.ReadUInt16BigEndian(body[at..]);
            if (length > body.Length - at - 2 || locations.Count == count)
            {
                refusal = new Refusal(Jt808Reasons.BadBody, at);
                return null;
            }
            if (Jt808LocationReport.Read(body.Slice(at + 2, length), settings, null, out Refusal inner) is not { } location)
            {
                refusal = new Refusal(inner.Reason, at + 2 + inner.Offset);
                return null;
            }
            locations.Add(location);
            at += 2 + length;
        }
        refusal = new Refusal(Jt808Reasons.BadBody, 0);
        return locations.Count == count && count > 0 ? new Jt808LocationBatch(body[2] == 1, locations) : null;
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        output.WriteUInt16((ushort)Locations.Count);
        output.WriteByte(IsBacklog ? (byte)1 : (byte)0);
        foreach (Jt808LocationReport location in Locations)
        {
            output.WriteUInt16((ushort)(Jt808LocationCodec.BasicLength + location.Items.Length));
            location.Write(output, header, settings);
        }
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        json.WriteBoolean("backlog", IsBacklog);
        json.WriteStartArray("locations");
        foreach (Jt808LocationReport location in Locations)
        {
            json.WriteStartObject();
            location.WriteFields(json, header);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
