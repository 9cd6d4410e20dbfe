using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>
/// <c>jt808</c> in a decoded line: <c>messageId, phone, serial, edition</c> (2013 stands for 2011 too), <c>parts, part</c> of a message in parts,
/// <c>overlooked</c> of a lenient terminal, then the fields of the body.
/// </summary>
public sealed class Jt808Protocol : Protocol<Jt808Message>
{
    private static readonly (Jt808Flaws Flaw, string Name)[] FlawNames =
        [(Jt808Flaws.Checksum, "checksum"), (Jt808Flaws.Length, "length"), (Jt808Flaws.Escape, "escape"), (Jt808Flaws.Phone, "phone")];

    public override string Name => "jt808";

    public override FrameFinder Finder(ProtocolSettings settings) => Jt808Finder.Instance;

    public override bool TryRead(ReadOnlySpan<byte> item, ProtocolSettings settings, out Jt808Message message, out Refusal refusal)
    {
        bool good = Jt808Codec.TryRead(item, settings, out Jt808Message? read, out refusal);
        message = read!;
        return good;
    }

    public override void Write(Jt808Message message, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(message);
        Jt808Codec.Write(message.Header, message.Body, settings, output);
    }

    protected override string MessageName(Jt808Message message) => Jt808Ids.Name(message.Header.Id);

    protected override void WriteFields(Utf8JsonWriter json, Jt808Message message, ProtocolSettings settings)
    {
        Jt808Header header = message.Header;
        json.WriteString("messageId", $"0x{header.Id:x4}");
        json.WriteString("phone", header.Phone);
        json.WriteNumber("serial", header.Serial);
        json.WriteString("edition", header.Is2019 ? "2019" : "2013");
        if (header.IsPart)
        {
            json.WriteNumber("parts", header.Parts);
            json.WriteNumber("part", header.Part);
        }
        if (settings.Lenient)
        {
            json.WriteStartArray("overlooked");
            foreach ((Jt808Flaws flaw, string name) in FlawNames)
            {
                if ((message.Flaws & flaw) != 0)
                {
                    json.WriteStringValue(name);
                }
            }
            json.WriteEndArray();
        }
        message.Body.WriteFields(json, header);
    }
}
