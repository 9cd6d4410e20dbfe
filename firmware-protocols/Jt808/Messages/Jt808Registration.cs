using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>
/// 0x0100: the terminal and the vehicle it is in. The width of the three texts is the edition's: 5, 8, 7 bytes (2011), 5, 20, 7 (2013),
/// 11, 30, 30 (2019). A body under 37 bytes can only be of 2011.
/// </summary>
/// <param name="PlateColour">JT/T 415: 0 none (then the plate is the VIN), 1 blue, 2 yellow, 3 black, 4 white, 9 other.</param>
public sealed record Jt808Registration(
    ushort Province, ushort City, Jt808Text Maker, Jt808Text Model, Jt808Text TerminalId, byte PlateColour, Jt808Text Plate) : Jt808Body
{
    private static readonly int[] Of2011 = [5, 8, 7];
    private static readonly int[] Of2013 = [5, 20, 7];
    private static readonly int[] Of2019 = [11, 30, 30];

    internal static Jt808Registration? Read(in Jt808Header header, ReadOnlySpan<byte> body, ref Refusal refusal)
    {
        int[] widths = header.Is2019 ? Of2019 : body.Length < 5 + Of2013.Sum() ? Of2011 : Of2013;
        int plate = 5 + widths.Sum();
        if (body.Length < plate)
        {
            refusal = new Refusal(WireReasons.Truncated, body.Length);
            return null;
        }
        byte[] copy = body.ToArray();
        int model = 4 + widths[0];
        int id = model + widths[1];
        return new Jt808Registration(
            BinaryPrimitives.ReadUInt16BigEndian(body),
            BinaryPrimitives.ReadUInt16BigEndian(body[2..]),
            new Jt808Text(copy.AsMemory(4, widths[0])),
            new Jt808Text(copy.AsMemory(model, widths[1])),
            new Jt808Text(copy.AsMemory(id, widths[2])),
            body[plate - 1],
            new Jt808Text(copy.AsMemory(plate)));
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        output.WriteUInt16(Province);
        output.WriteUInt16(City);
        output.Write(Maker.Bytes.Span);
        output.Write(Model.Bytes.Span);
        output.Write(TerminalId.Bytes.Span);
        output.WriteByte(PlateColour);
        output.Write(Plate.Bytes.Span);
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        json.WriteNumber("province", Province);
        json.WriteNumber("city", City);
        json.WriteString("maker", Maker.ToString());
        json.WriteString("model", Model.ToString());
        json.WriteString("terminalId", TerminalId.ToString());
        json.WriteNumber("plateColour", PlateColour);
        json.WriteString("plate", Plate.ToString());
    }
}
