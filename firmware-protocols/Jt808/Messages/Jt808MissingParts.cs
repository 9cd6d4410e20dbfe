using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>0x8003 and 0x0005: send these parts again. The count is one byte until 2013, two in 2019.</summary>
/// <param name="FirstSerial">Serial of the first part of the message.</param>
/// <param name="Parts">Numbers of the missing parts.</param>
public sealed record Jt808MissingParts(ushort FirstSerial, IReadOnlyList<ushort> Parts) : Jt808Body
{
    internal static Jt808MissingParts? Read(in Jt808Header header, ReadOnlySpan<byte> body, ref Refusal refusal)
    {
        int list = header.Is2019 ? 4 : 3;
        refusal = new Refusal(Jt808Reasons.BadBody, Math.Min(body.Length, 2));
        if (body.Length < list)
        {
            return null;
        }
        int count = header.Is2019 ? BinaryPrimitives.ReadUInt16BigEndian(body[2..]) : body[2];
        if (body.Length != list + (2 * count))
        {
            return null;
        }
        ushort[] parts = new ushort[count];
        for (int i = 0; i < count; i++)
        {
            parts[i] = BinaryPrimitives.ReadUInt16BigEndian(body[(list + (2 * i))..]);
        }
        return new Jt808MissingParts(BinaryPrimitives.ReadUInt16BigEndian(body), parts);
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        output.WriteUInt16(FirstSerial);
        if (header.Is2019)
        {
            output.WriteUInt16((ushort)Parts.Count);
        }
        else
        {
            output.WriteByte((byte)Parts.Count);
        }
        foreach (ushort part in Parts)
        {
            output.WriteUInt16(part);
        }
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        json.WriteNumber("firstSerial", FirstSerial);
        json.WriteStartArray("parts");
        foreach (ushort part in Parts)
        {
            json.WriteNumberValue(part);
        }
        json.WriteEndArray();
    }
}
