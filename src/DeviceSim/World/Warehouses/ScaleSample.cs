namespace Earmark.DeviceSim.World.Warehouses;

/// <summary>What an operator has keyed in for a weighing.</summary>
public enum WeighingPurpose
{
    None,
    Inbound,
    Outbound,
    StockTake,
}

/// <summary>One value on a scale's indicator.</summary>
/// <param name="TareGrams">Stored from the truck's empty weighing; 0 when none.</param>
/// <param name="Reference">Lot or order the operator keyed in; null when none.</param>
public sealed record ScaleSample(
    DateTimeOffset At, long GrossGrams, long TareGrams, bool Stable, WeighingPurpose Purpose, string? Reference);
