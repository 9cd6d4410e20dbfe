using System.Buffers;
using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808.Messages;

/// <summary>0x0102: the code the registration gave. Until 2013 the code alone; in 2019 its length, the code, IMEI[15] and software version[20].</summary>
/// <param name="Imei">Null before 2019.</param>
/// <param name="Software">Null before 2019.</param>
public sealed record Jt808Authentication(Jt808Text Code, Jt808Text? Imei, Jt808Text? Software) : Jt808Body
{
    private const int ImeiLength = 15;
    private const int SoftwareLength = 20;

    internal static Jt808Authentication? Read(in Jt808Header header, ReadOnlySpan<byte> body, ProtocolSettings settings, ref Refusal refusal)
    {
        byte[] copy = body.ToArray();
        if (header.Is2019 && copy.Length > 0 && copy.Length == 1 + copy[0] + ImeiLength + SoftwareLength)
        {
            int imei = 1 + copy[0];
            return new Jt808Authentication(
                new Jt808Text(copy.AsMemory(1, copy[0])),
                new Jt808Text(copy.AsMemory(imei, ImeiLength)),
                new Jt808Text(copy.AsMemory(imei + ImeiLength)));
        }
        refusal = new Refusal(Jt808Reasons.BadBody, 0);
        return header.Is2019 && !settings.Lenient ? null : new Jt808Authentication(new Jt808Text(copy), null, null);
    }

    internal override void Write(IBufferWriter<byte> output, in Jt808Header header, ProtocolSettings settings)
    {
        if (Imei is null || Software is null)
        {
            output.Write(Code.Bytes.Span);
            return;
        }
        output.WriteByte((byte)Code.Bytes.Length);
        output.Write(Code.Bytes.Span);
        output.Write(Imei.Bytes.Span);
        output.Write(Software.Bytes.Span);
    }

    internal override void WriteFields(Utf8JsonWriter json, in Jt808Header header)
    {
        json.WriteString("code", Code.ToString());
        json.WriteString("imei", Imei?.ToString());
        json.WriteString("software", Software?.ToString());
    }
}
