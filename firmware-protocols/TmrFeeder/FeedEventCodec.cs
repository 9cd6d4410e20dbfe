using System.Buffers.Binary;

namespace Earmark.FirmwareProtocols.TmrFeeder;

/// <summary>The 28 bytes of a <see cref="FeedEvent"/>; layout and ranges in <c>spec.md</c> beside this file.</summary>
internal static class FeedEventCodec
{
    public const int Length = 28;
    public const int MinTimeOffsetSeconds = -86_400;
    public const int MaxWeightGrams = 50_000_000;

    public static FeedEvent Read(ReadOnlySpan<byte> bytes)
    {
        FeedCode.TryRead(bytes[8..], out FeedCode code);
        FeedCode.TryRead(bytes[16..], out FeedCode pen);
        return new FeedEvent(
            (FeedEventType)bytes[0],
            (FeedEventFlags)bytes[1],
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            code,
            pen,
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]));
    }

    /// <summary>Refuses an event outside the stated ranges; <paramref name="at"/> is where it starts in the frame.</summary>
    public static Refusal Check(ReadOnlySpan<byte> bytes, int at)
    {
        if (bytes[2] != 0 || bytes[3] != 0)
        {
            return new(RefusalReasons.PayloadReserved, at + 2);
        }
        if (!FeedCode.TryRead(bytes[8..], out _))
        {
            return new(RefusalReasons.PayloadCode, at + 8);
        }
        return FeedCode.TryRead(bytes[16..], out _) ? Check(Read(bytes), at) : new(RefusalReasons.PayloadPen, at + 16);
    }

    public static Refusal Check(in FeedEvent happened, int at) => happened switch
    {
        { Type: not (FeedEventType.Load or FeedEventType.Delivery) } => new(RefusalReasons.PayloadEventType, at),
        { Flags: not (FeedEventFlags.None or FeedEventFlags.Manual) } => new(RefusalReasons.PayloadFlags, at + 1),
        { TimeOffsetSeconds: > 0 or < MinTimeOffsetSeconds } => new(RefusalReasons.PayloadTimeOffset, at + 4),
        { Code.IsEmpty: true } => new(RefusalReasons.PayloadCode, at + 8),
        _ when happened.Pen.IsEmpty != (happened.Type == FeedEventType.Load) => new(RefusalReasons.PayloadPen, at + 16),
        { WeightGrams: < 1 or > MaxWeightGrams } => new(RefusalReasons.PayloadWeight, at + 24),
        _ => default,
    };

    public static void Write(in FeedEvent happened, Span<byte> bytes)
    {
        bytes[0] = (byte)happened.Type;
        bytes[1] = (byte)happened.Flags;
        bytes[2] = bytes[3] = 0;
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], happened.TimeOffsetSeconds);
        happened.Code.Write(bytes[8..]);
        happened.Pen.Write(bytes[16..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], happened.WeightGrams);
    }
}
