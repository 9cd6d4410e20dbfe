namespace Earmark.DeviceSim.State;

/// <summary>What a world must keep so that it can be built again (<c>world.json</c>); everything else follows from it and the scripts played.</summary>
/// <param name="StartedAt">Where its time began.</param>
/// <param name="Natural">Whether things befall it of themselves; decided by the first script.</param>
/// <param name="Herd">Ear tags worn at the start; tags that came later are for calves.</param>
public sealed record WorldRecord(ulong Seed, DateTimeOffset StartedAt, bool Natural, IReadOnlyList<string> Herd);
