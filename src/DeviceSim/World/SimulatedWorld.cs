using Earmark.DeviceSim.Truth;
using Earmark.DeviceSim.World.Cattle;
using Earmark.DeviceSim.World.Feeding;
using Earmark.DeviceSim.World.Logistics;
using Earmark.DeviceSim.World.Warehouses;

namespace Earmark.DeviceSim.World;

/// <summary>
/// Everything that truly is and happens, of all sites, from a seed. It knows no protocol and no time but the one its
/// <see cref="Timeline"/> is run to. The same seed, start, sites and acts give the same world, however time is cut.
/// </summary>
public sealed class SimulatedWorld
{
    private static readonly TimeSpan HerdWeighedEvery = TimeSpan.FromDays(1);

    /// <param name="natural">Whether things befall animals and goods of themselves; without, only a script's events happen.</param>
    public SimulatedWorld(
        IReadOnlyList<SiteSetup> sites, ulong seed, DateTimeOffset startedAt, bool natural, ITruthLog truth, Pauses? pauses = null)
    {
        Seed = seed;
        StartedAt = startedAt;
        Truth = truth;
        Timeline = new Timeline(startedAt);
        Pauses = pauses ?? new Pauses();
        foreach (SiteSetup site in sites)
        {
            truth.Write(new TruthFact(startedAt, site.Site, TruthFacts.Began, site.Site) { Count = site.TagIds.Count });
            Build(site, natural);
        }
    }

    public ulong Seed { get; }

    public DateTimeOffset StartedAt { get; }

    public Timeline Timeline { get; }

    public Pauses Pauses { get; }

    public ITruthLog Truth { get; }

    public List<Ranch> Ranches { get; } = [];

    /// <summary>Mixers by site, in the order of the site's feeders.</summary>
    public Dictionary<string, List<Mixer>> Mixers { get; } = [];

    public List<Warehouse> Warehouses { get; } = [];

    public List<Fleet> Fleets { get; } = [];

    private void Build(SiteSetup setup, bool natural)
    {
        if (setup.TagIds.Count > 0 || setup.BaseStations > 0 || setup.Feeders > 0)
        {
            BuildRanch(setup, natural);
        }

        if (setup.Scales > 0)
        {
            IReadOnlyList<Lot> lots = setup.Lots ?? Warehouse.DefaultLots(setup.Site, WorldDefaults.Lots, Seed);
            var warehouse = new Warehouse(setup.Site, setup.Scales, lots, Timeline, Pauses, Seed, Truth);
            Warehouses.Add(warehouse);
            if (natural && lots.Count > 0)
            {
                new YardTrade(warehouse, Timeline, Pauses).Begin();
            }
        }

        if (setup.GpsNodes.Count > 0)
        {
            var fleet = new Fleet(setup.Site, setup.GpsNodes, StartedAt, Seed, Truth);
            Fleets.Add(fleet);
            fleet.Begin(Timeline);
        }
    }

    private void BuildRanch(SiteSetup setup, bool natural)
    {
        var ranch = new Ranch(setup.Site, Math.Max(1, setup.BaseStations), setup.TagIds, StartedAt, Seed, Truth);
        Ranches.Add(ranch);
        var mixers = new List<Mixer>();
        for (int i = 0; i < setup.Feeders; i++)
        {
            var mixer = new Mixer(ranch, i, setup.Feeders, Timeline, Seed, Truth);
            mixer.Begin();
            mixers.Add(mixer);
        }

        Mixers[setup.Site] = mixers;
        if (natural)
        {
            new CattleHazards(ranch, Timeline).Begin();
        }

        Timeline.Repeat(StartedAt, HerdWeighedEvery, Lane.World, at => WeighPens(ranch, at));
    }

    private void WeighPens(Ranch ranch, DateTimeOffset at)
    {
        foreach (Pen pen in ranch.Pens)
        {
            List<Animal> alive = pen.Animals.FindAll(animal => animal.Alive);
            long grams = alive.Sum(animal => (long)(animal.Kilograms(at) * 1000));
            Truth.Write(new TruthFact(at, ranch.Site, TruthFacts.PenWeighed, $"pen-{pen.Number}")
            {
                Pen = pen.Number, Count = alive.Count, Grams = grams,
            });
        }
    }
}
