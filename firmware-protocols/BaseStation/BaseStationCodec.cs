using System.Buffers.Binary;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.FirmwareProtocols.BaseStation;

/// <summary>The payload of a base station: one inventory round of up to 200 ear tags. Layout and ranges in <c>spec.md</c> beside this file.</summary>
public static class BaseStationCodec
{
    public const int RoundHeaderLength = 8;
    public const int ObservationLength = 8 + TagReadingCodec.Length;
    public const int MaxObservations = 200;
    public const int MaxPayloadLength = RoundHeaderLength + (MaxObservations * ObservationLength);
    public const int MaxDurationSeconds = 3600;
    private const int At = EnvelopeCodec.HeaderLength;

    public static int PayloadLength(int observations) => RoundHeaderLength + (observations * ObservationLength);

    /// <summary>Checks the whole payload first, so that walking <paramref name="round"/> cannot fail halfway: one bad observation refuses the frame.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out InventoryRound round, out Refusal refusal)
    {
        round = default;
        if (!TryCheckHeader(payload, out refusal))
        {
            return false;
        }
        for (int at = RoundHeaderLength; at < payload.Length; at += ObservationLength)
        {
            ReadOnlySpan<byte> observation = payload.Slice(at, ObservationLength);
            if (!TagNumber.IsValid(BinaryPrimitives.ReadUInt64LittleEndian(observation)))
            {
                refusal = new Refusal(RefusalReasons.PayloadTag, At + at);
                return false;
            }
            if (!TagReadingCodec.TryCheck(observation[8..], At + at + 8, out refusal))
            {
                return false;
            }
        }
        round = new InventoryRound(payload);
        return true;
    }

    /// <summary>Writes a round and gives the payload's length.</summary>
    /// <exception cref="ArgumentException">More than 200 observations, or a value outside its range.</exception>
    public static int Write(uint roundNumber, int durationSeconds, ReadOnlySpan<TagObservation> observations, Span<byte> payload)
    {
        if (observations.Length > MaxObservations || durationSeconds is < 1 or > MaxDurationSeconds)
        {
            throw new ArgumentException($"A round has at most {MaxObservations} observations and lasts 1–{MaxDurationSeconds} s.", nameof(observations));
        }
        BinaryPrimitives.WriteUInt32LittleEndian(payload, roundNumber);
        BinaryPrimitives.WriteUInt16LittleEndian(payload[4..], (ushort)durationSeconds);
        payload[6] = (byte)observations.Length;
        payload[7] = 0;
        int at = RoundHeaderLength;
        foreach (TagObservation observation in observations)
        {
            if (observation.Tag == default)
            {
                throw new ArgumentException("An observation without a tag number.", nameof(observations));
            }
            BinaryPrimitives.WriteUInt64LittleEndian(payload[at..], observation.Tag.Value);
            TagReadingCodec.Write(observation.Reading, payload.Slice(at + 8, TagReadingCodec.Length));
            at += ObservationLength;
        }
        return at;
    }

    private static bool TryCheckHeader(ReadOnlySpan<byte> payload, out Refusal refusal)
    {
        if (payload.Length < RoundHeaderLength)
        {
            refusal = new Refusal(RefusalReasons.PayloadLength, At);
            return false;
        }
        refusal = BinaryPrimitives.ReadUInt16LittleEndian(payload[4..]) is 0 or > MaxDurationSeconds
                ? new Refusal(RefusalReasons.PayloadDuration, At + 4)
            : payload[6] > MaxObservations ? new Refusal(RefusalReasons.PayloadCount, At + 6)
            : payload[7] != 0 ? new Refusal(RefusalReasons.PayloadReserved, At + 7)
            : payload.Length != PayloadLength(payload[6]) ? new Refusal(RefusalReasons.PayloadLength, At)
            : default;
        return refusal.IsNone;
    }
}
