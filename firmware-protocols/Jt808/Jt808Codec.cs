using System.Buffers;
using Earmark.FirmwareProtocols.Jt808.Messages;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>A frame as a message and back. For locations at rate, <see cref="Jt808Frame"/> and <see cref="Jt808LocationCodec"/> do without objects.</summary>
public static class Jt808Codec
{
    /// <param name="frame">With both delimiters.</param>
    public static bool TryRead(ReadOnlySpan<byte> frame, ProtocolSettings settings, out Jt808Message? message, out Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(settings);
        message = null;
        Span<byte> scratch = stackalloc byte[Jt808Frame.MaxUnescaped];
        if (!Jt808Frame.TryRead(frame, settings.Lenient, scratch, out Jt808Header header, out ReadOnlySpan<byte> body, out Jt808Flaws flaws, out refusal))
        {
            return false;
        }
        if (header.Encryption != 0)
        {
            refusal = new Refusal(Jt808Reasons.Encrypted, 3);
            return false;
        }
        Jt808Body? read = header.IsPart ? new Jt808Bytes(body.ToArray()) : Jt808Bodies.Read(header, body, settings, out refusal);
        if (read is null)
        {
            refusal = new Refusal(refusal.Reason, refusal.Offset + header.Length + 1);
            return false;
        }
        message = new Jt808Message(header, read, flaws);
        return true;
    }

    /// <exception cref="ArgumentException">The body is longer than 1,023 bytes.</exception>
    public static void Write(in Jt808Header header, Jt808Body body, ProtocolSettings settings, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArrayBufferWriter<byte> bytes = new(64);
        body.Write(bytes, header, settings);
        Jt808Frame.Write(header, bytes.WrittenSpan, output);
    }
}
