using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Cattle;
using Earmark.DeviceSim.World.Logistics;
using Earmark.DeviceSim.World.Warehouses;

namespace Earmark.DeviceSim.Scripts;

/// <summary>Makes acts happen: checks that they name what exists, puts them on the timeline, and does them when their time comes.</summary>
public sealed class Director(SimulatedWorld world, IReadOnlyList<Device> devices)
{
    private readonly CattleActs _cattle = new(world);
    private readonly DeviceActs _devices = new(world, devices);
    private readonly GoodsActs _goods = new(world);
    private long _played;

    /// <returns>What the act names that does not exist, with its line; null when all is there.</returns>
    public string? Check(ScenarioAct act)
    {
        string? wrong = act.Do switch
        {
            "die" or "steal" or "lose-tag" or "illness" or "birth" => CheckCattle(act),
            "break-seal" or "divert-truck" or "stop-truck" => Truck(act) is null ? $"device: no truck has the node '{act.Device}'" : null,
            "scale-drift" => _goods.Scale(act, devices) is null ? $"device: '{act.Device}' is not a scale of these sites" : null,
            "take-over" or "inbound" or "outbound" or "outbound-unbooked" or "weigh" => Warehouse(act) is null ? NoSite(act, "warehouse") : null,
            _ => _devices.Of(act).Count == 0 ? "device, site: names no device that connects" : null,
        };
        return wrong is null ? null : act.Line > 0 ? $"line {act.Line}, {wrong}." : $"{act.Do}: {wrong}.";
    }

    /// <summary>Puts an act on the timeline; one whose time is past happens at once.</summary>
    public void Play(ScenarioAct act, DateTimeOffset begun)
    {
        long number = _played++;
        world.Timeline.Schedule(act.When(begun), Lane.World, at => Happen(act, at, number));
    }

    private void Happen(ScenarioAct act, DateTimeOffset at, long number)
    {
        switch (act.Do)
        {
            case "die" or "steal" or "lose-tag" or "illness" or "birth":
                _cattle.Happen(act, at, number);
                break;
            case "break-seal":
                Truck(act)?.BreakSeal(at);
                break;
            case "divert-truck":
                Truck(act)?.Divert(at, act.Kilometres, act.Duration ?? TimeSpan.FromMinutes(30));
                break;
            case "stop-truck":
                Truck(act)?.Stop(at, act.Duration ?? TimeSpan.FromHours(1));
                break;
            case "scale-drift":
                _goods.Drift(act, at, devices);
                break;
            case "take-over" or "inbound" or "outbound" or "outbound-unbooked" or "weigh":
                _goods.Happen(act, at, Warehouse(act)!);
                break;
            default:
                _devices.Happen(act, at);
                break;
        }
    }

    private string? CheckCattle(ScenarioAct act)
    {
        IReadOnlyList<Ranch> ranches = _cattle.Ranches(act);
        return ranches.Count == 0 ? NoSite(act, "ranch")
            : act.Pen > ranches.Max(ranch => ranch.Pens.Count) ? $"pen: there is no pen {act.Pen}"
            : act.Tags.FirstOrDefault(tag => !ranches.Any(ranch => ranch.Animals.Any(animal => animal.TagId == tag))) is { } unknown
                ? $"tags: no animal wears {unknown}"
            : act.Tag is { } tag && ranches.Any(ranch => ranch.Animals.Any(animal => animal.TagId == tag)) ? $"tag: an animal wears {tag} already"
            : null;
    }

    private static string NoSite(ScenarioAct act, string what) => act.Site is null ? $"site: there is no {what}" : $"site: '{act.Site}' is not a {what}";

    private Truck? Truck(ScenarioAct act) =>
        world.Fleets.SelectMany(fleet => fleet.Trucks).FirstOrDefault(truck => truck.Name == act.Device);

    private Warehouse? Warehouse(ScenarioAct act) =>
        world.Warehouses.FirstOrDefault(warehouse => act.Site is null || warehouse.Site == act.Site);
}
