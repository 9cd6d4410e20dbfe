using Earmark.DeviceSim.Truth;

namespace Earmark.DeviceSim.World.Logistics;

/// <summary>The trucks of one carrier, one node each.</summary>
public sealed class Fleet(string site, IReadOnlyList<string> nodeIds, DateTimeOffset startedAt, ulong seed, ITruthLog truth)
{
    public string Site { get; } = site;

    public IReadOnlyList<Truck> Trucks { get; } =
        [.. nodeIds.Select((node, i) => new Truck(site, node, Route.Defaults[i % Route.Defaults.Count], startedAt, seed, truth))];

    /// <summary>Moves the trucks as time goes by, looked at or not, so that the truth log stays in order of time.</summary>
    public void Begin(Timeline timeline) =>
        timeline.Repeat(timeline.Now, TimeSpan.FromSeconds(Truck.StepSeconds), Lane.World, at =>
        {
            foreach (Truck truck in Trucks)
            {
                truck.AdvanceTo(at);
            }
        });
}
