namespace Earmark.FirmwareProtocols.TmrFeeder;

/// <summary>What the mixer did.</summary>
public enum FeedEventType : byte
{
    /// <summary>An ingredient went into the mixer.</summary>
    Load = 1,

    /// <summary>A ration was put out at a pen.</summary>
    Delivery = 2,
}

/// <summary>How the event came about; bits 1–7 are reserved and must be zero.</summary>
[Flags]
public enum FeedEventFlags : byte
{
    None = 0,

    /// <summary>Typed in by the driver instead of measured by the load cells.</summary>
    Manual = 1,
}

/// <summary>One load or delivery: 28 bytes.</summary>
/// <param name="Type">Load or delivery.</param>
/// <param name="Flags">See <see cref="FeedEventFlags"/>.</param>
/// <param name="TimeOffsetSeconds">When it ended, relative to the frame's device time: −86,400…0.</param>
/// <param name="Code">Ingredient of a load, ration of a delivery; never empty.</param>
/// <param name="Pen">Pen of a delivery; empty for a load.</param>
/// <param name="WeightGrams">1…50,000,000 g.</param>
public readonly record struct FeedEvent(
    FeedEventType Type, FeedEventFlags Flags, int TimeOffsetSeconds, FeedCode Code, FeedCode Pen, int WeightGrams);
