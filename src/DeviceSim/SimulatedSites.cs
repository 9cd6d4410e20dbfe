using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Scripts;
using Earmark.DeviceSim.Truth;
using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Cattle;
using Earmark.DeviceSim.World.Logistics;
using Earmark.DeviceSim.World.Warehouses;
using Earmark.FirmwareProtocols;

namespace Earmark.DeviceSim;

/// <summary>
/// The world with its hardware, without network and disk: devices of a devices file are given, in order, the stations, mixers, scales and
/// trucks of their site. Frames go to the sink as time is advanced. Not thread-safe.
/// </summary>
public sealed class SimulatedSites : IDisposable
{
    private readonly List<Device> _devices = [];
    private readonly Director _director;

    /// <param name="lots">Lots by site; a site not in it gets the default ones.</param>
    /// <param name="herd">Ear tags worn at the start; null for all. The others are for calves yet to be born.</param>
    public SimulatedSites(
        IReadOnlyList<SimulatedDevice> devices, ulong seed, DateTimeOffset startedAt, bool natural, ITruthLog truth, IFrameSink sink,
        Pauses? pauses = null, IReadOnlyDictionary<string, IReadOnlyList<Lot>>? lots = null, IReadOnlySet<string>? herd = null)
    {
        World = new SimulatedWorld(Setups(devices, lots, herd), seed, startedAt, natural, truth, pauses);
        var taken = new Dictionary<(string Site, DeviceKind Kind), int>();
        foreach (SimulatedDevice identity in devices)
        {
            if (identity.Kind != DeviceKind.EarTag)
            {
                int index = taken.GetValueOrDefault((identity.Site, identity.Kind));
                taken[(identity.Site, identity.Kind)] = index + 1;
                _devices.Add(Place(identity, index, sink));
            }
        }

        _director = new Director(World, _devices);
    }

    public SimulatedWorld World { get; }

    /// <summary>Those that connect, in the order of the devices file.</summary>
    public IReadOnlyList<Device> Devices => _devices;

    public DateTimeOffset Now => World.Timeline.Now;

    /// <returns>The first act that names something that does not exist; null when the scenario fits these sites.</returns>
    public string? Check(Scenario scenario) => scenario.Acts.Select(_director.Check).FirstOrDefault(wrong => wrong is not null);

    public void Play(IEnumerable<ScenarioAct> acts, DateTimeOffset begun)
    {
        foreach (ScenarioAct act in acts)
        {
            _director.Play(act, begun);
        }
    }

    /// <summary>Powers all devices up. What the timeline ran through before, nobody reported.</summary>
    public void Begin() => _devices.ForEach(device => device.Begin());

    public void AdvanceTo(DateTimeOffset now) => World.Timeline.RunTo(now);

    public void Dispose() => _devices.ForEach(device => device.Dispose());

    private static List<SiteSetup> Setups(
        IReadOnlyList<SimulatedDevice> devices, IReadOnlyDictionary<string, IReadOnlyList<Lot>>? lots, IReadOnlySet<string>? herd)
    {
        var setups = new List<SiteSetup>();
        foreach (IGrouping<string, SimulatedDevice> site in devices.GroupBy(device => device.Site))
        {
            int Count(DeviceKind kind) => site.Count(device => device.Kind == kind);
            List<string> tags = [.. site
                .Where(device => device.Kind == DeviceKind.EarTag && herd?.Contains(device.DeviceId) != false)
                .Select(device => device.DeviceId)];
            if (Count(DeviceKind.EarTag) == 0 && Count(DeviceKind.BaseStation) > 0)
            {
                // No tags given: a herd of the default size, its numbers not those of another site's.
                int first = setups.Count * 1_000_000;
                tags = [.. Enumerable.Range(first + 1, WorldDefaults.Cattle).Select(number => $"{WorldDefaults.TestTagCountry}{number:000000000000}")];
            }

            setups.Add(new SiteSetup(
                site.Key, tags, Count(DeviceKind.BaseStation), Count(DeviceKind.TmrFeeder), Count(DeviceKind.WarehouseScale),
                [.. site.Where(device => device.Kind == DeviceKind.GpsNode).Select(device => device.DeviceId)],
                lots?.GetValueOrDefault(site.Key)));
        }

        return setups;
    }

    private Device Place(SimulatedDevice identity, int index, IFrameSink sink)
    {
        string site = identity.Site;
        switch (identity.Kind)
        {
            case DeviceKind.BaseStation:
                return new BaseStation(identity, World, sink, World.Ranches.First(ranch => ranch.Site == site), index);
            case DeviceKind.TmrFeeder:
                return new TmrFeeder(identity, World, sink, World.Mixers[site][index]);
            case DeviceKind.WarehouseScale:
                return new WarehouseScale(identity, World, sink, World.Warehouses.First(warehouse => warehouse.Site == site).Scales[index]);
            default:
                return new GpsNode(identity, World, sink, World.Fleets.First(fleet => fleet.Site == site).Trucks[index]);
        }
    }
}
