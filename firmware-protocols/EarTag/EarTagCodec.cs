using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.FirmwareProtocols.EarTag;

/// <summary>The payload of a tag that speaks for itself: one reading; the tag is the envelope's device.</summary>
public static class EarTagCodec
{
    public const int PayloadLength = TagReadingCodec.Length;

    public static bool TryRead(ReadOnlySpan<byte> payload, out TagReading reading, out Refusal refusal)
    {
        reading = default;
        if (payload.Length != PayloadLength)
        {
            refusal = new Refusal(RefusalReasons.PayloadLength, EnvelopeCodec.HeaderLength);
            return false;
        }
        if (!TagReadingCodec.TryCheck(payload, EnvelopeCodec.HeaderLength, out refusal))
        {
            return false;
        }
        reading = TagReadingCodec.Read(payload);
        return true;
    }

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    public static int Write(in TagReading reading, Span<byte> payload)
    {
        TagReadingCodec.Write(reading, payload);
        return PayloadLength;
    }
}
