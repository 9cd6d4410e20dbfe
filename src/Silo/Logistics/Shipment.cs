using Earmark.Contracts.Sites;
using Earmark.Silo.Sites.Commands;

namespace Earmark.Silo.Logistics;

/// <summary>One shipment as the fleet knows it. Grams; instants as Unix seconds, 0 for none. Part of the snapshot, so its properties are never renamed.</summary>
internal sealed class Shipment
{
    public required string AssetId { get; init; }

    /// <summary>The GPS node that travels with it; empty without one.</summary>
    public string NodeId { get; set; } = "";

    public ushort PriceClass { get; set; }

    public ushort Grade { get; set; }

    /// <summary>Its vehicle.</summary>
    public ushort Zone { get; set; }

    public ushort Facility { get; set; }

    public bool Registered { get; set; }

    public bool Quarantined { get; set; }

    public Departure Removed { get; set; }

    /// <summary>As declared when it was loaded; what transfers brought takes its place.</summary>
    public long DeclaredGrams { get; set; }

    public long TakenGrams { get; set; }

    public long GivenGrams { get; set; }

    public RoutePoint[] Route { get; set; } = [];

    public int CorridorMetres { get; set; }

    public uint DepartsAt { get; set; }

    public uint DueAt { get; set; }

    public uint InsuredUntil { get; set; }

    /// <summary>When its node was first heard with an open seal after departure; cleared only by an accepted answer of the node.</summary>
    public uint SealBrokenAt { get; set; }

    /// <summary>When the node's grain last agreed that the seal is whole; what was reported before says nothing against it.</summary>
    public uint SealAgreedAt { get; set; }

    /// <summary>Newest report of the node: when, seal, door.</summary>
    public uint InputsAt { get; set; }

    public bool SealIntact { get; set; } = true;

    public bool DoorOpen { get; set; }

    public uint LastHeard { get; set; }

    public long Position { get; set; }

    /// <summary>By event time, oldest first; at most <see cref="TrackFix.Kept"/>.</summary>
    public List<TrackFix> Track { get; init; } = [];

    public long LoadedGrams => (TakenGrams > 0 ? TakenGrams : DeclaredGrams) - GivenGrams;

    public bool Gone => Removed != Departure.None;

    public bool IsOffCorridor => Track is [.., { OffCorridor: true }];

    /// <summary>From the first to the newest fix off the corridor with none on it between; 0 on it.</summary>
    public uint SecondsOffCorridor
    {
        get
        {
            var at = Track.Count - 1;
            while (at >= 0 && Track[at].OffCorridor)
            {
                at--;
            }

            return at == Track.Count - 1 ? 0 : Track[^1].Second - Track[at + 1].Second;
        }
    }
}

/// <summary>A fix of the node. Degrees × 10^7; −1 for an unknown speed.</summary>
internal sealed record TrackFix(uint Second, int LatitudeE7, int LongitudeE7, int SpeedKilometresPerHour, bool OffCorridor, long Position)
{
    public const int Kept = 200;
}
