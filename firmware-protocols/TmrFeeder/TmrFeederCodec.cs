using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.FirmwareProtocols.TmrFeeder;

/// <summary>The payload of a TMR feeder: 1–32 load and delivery events. Layout and ranges in <c>spec.md</c> beside this file.</summary>
public static class TmrFeederCodec
{
    public const int HeaderLength = 4;
    public const int EventLength = FeedEventCodec.Length;
    public const int MaxEvents = 32;
    public const int MinTimeOffsetSeconds = FeedEventCodec.MinTimeOffsetSeconds;
    public const int MaxWeightGrams = FeedEventCodec.MaxWeightGrams;
    private const int At = EnvelopeCodec.HeaderLength;

    public static int PayloadLength(int events) => HeaderLength + (events * EventLength);

    /// <summary>Checks all events first, so that walking them cannot fail halfway: one bad event refuses the frame.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out FeedEvents events, out Refusal refusal)
    {
        events = default;
        refusal = payload.Length < HeaderLength ? new Refusal(RefusalReasons.PayloadLength, At)
            : payload[0] is 0 or > MaxEvents ? new Refusal(RefusalReasons.PayloadCount, At)
            : payload[1..HeaderLength].ContainsAnyExcept((byte)0) ? new Refusal(RefusalReasons.PayloadReserved, At + 1)
            : payload.Length != PayloadLength(payload[0]) ? new Refusal(RefusalReasons.PayloadLength, At)
            : default;
        for (int at = HeaderLength; refusal.IsNone && at < payload.Length; at += EventLength)
        {
            refusal = FeedEventCodec.Check(payload.Slice(at, EventLength), At + at);
        }
        if (refusal.IsNone)
        {
            events = new FeedEvents(payload[HeaderLength..]);
        }
        return refusal.IsNone;
    }

    /// <summary>Writes the events and gives the payload's length.</summary>
    /// <exception cref="ArgumentException">None or more than 32 events, or a value outside its range.</exception>
    public static int Write(ReadOnlySpan<FeedEvent> events, Span<byte> payload)
    {
        if (events.Length is 0 or > MaxEvents)
        {
            throw new ArgumentException($"A frame carries 1–{MaxEvents} events, not {events.Length}.", nameof(events));
        }
        payload[0] = (byte)events.Length;
        payload[1..HeaderLength].Clear();
        int at = HeaderLength;
        foreach (FeedEvent happened in events)
        {
            Refusal refusal = FeedEventCodec.Check(happened, At + at);
            if (!refusal.IsNone)
            {
                throw new ArgumentException($"This event would be refused: {refusal}.", nameof(events));
            }
            FeedEventCodec.Write(happened, payload[at..]);
            at += EventLength;
        }
        return at;
    }
}
