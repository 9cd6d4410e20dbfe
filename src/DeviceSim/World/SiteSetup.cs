using Earmark.DeviceSim.World.Warehouses;

namespace Earmark.DeviceSim.World;

/// <summary>What stands at one site, taken from its devices: tags and stations make a ranch, scales a warehouse, nodes a fleet.</summary>
/// <param name="TagIds">Worn by the herd at the start.</param>
/// <param name="Lots">Null for the default lots.</param>
public sealed record SiteSetup(
    string Site,
    IReadOnlyList<string> TagIds,
    int BaseStations,
    int Feeders,
    int Scales,
    IReadOnlyList<string> GpsNodes,
    IReadOnlyList<Lot>? Lots = null);
