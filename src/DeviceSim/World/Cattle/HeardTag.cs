namespace Earmark.DeviceSim.World.Cattle;

/// <summary>What a station's radio received from one tag in one round, before any hardware rounds it to its units.</summary>
/// <param name="Movements">Counted by the tag since it was last heard by any station.</param>
/// <param name="StillMinutes">Whole minutes since the last movement.</param>
/// <param name="BatteryShare">0 to 1.</param>
/// <param name="LoopOpen">The loop through the ear was cut.</param>
public readonly record struct HeardTag(
    string TagId, double SignalDbm, int Movements, long StillMinutes, double Celsius, double BatteryShare, bool LoopOpen);
