using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Truth;
using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Warehouses;
using Earmark.FirmwareProtocols;

namespace Earmark.DeviceSim.Scripts;

/// <summary>Acts on goods and their scales.</summary>
internal sealed class GoodsActs(SimulatedWorld world)
{
    private static readonly TimeSpan DefaultDrift = TimeSpan.FromDays(1);

    public void Happen(ScenarioAct act, DateTimeOffset at, Warehouse warehouse)
    {
        if (act.Do == "take-over")
        {
            warehouse.TakeOver(at);
            return;
        }

        Lot lot = warehouse.LotNamed(act.Lot!);
        long grams = (long)(act.Kilograms * 1000);
        switch (act.Do)
        {
            case "inbound":
                warehouse.Receive(at, lot, grams, act.Reference ?? lot.Name);
                break;
            case "outbound":
                warehouse.Send(at, lot, grams, act.Reference ?? lot.Name, weighed: true);
                break;
            case "outbound-unbooked":
                warehouse.Send(at, lot, grams, null, act.Weighed);
                break;
            default:
                warehouse.TakeStock(at, lot);
                break;
        }
    }

    public void Drift(ScenarioAct act, DateTimeOffset at, IReadOnlyList<Device> devices)
    {
        if (Scale(act, devices) is not { } scale)
        {
            return;
        }

        scale.Drift(at, act.Duration ?? DefaultDrift, act.Percent / 100);
        Device device = devices.First(d => d.Identity.DeviceId == act.Device);
        world.Truth.Write(new TruthFact(at, device.Identity.Site, TruthFacts.ScaleDrifts, device.Identity.DeviceId) { Detail = $"{act.Percent:0.###} %" });
    }

    /// <summary>The scale under the named device: devices of a site stand on its scales in order.</summary>
    public Scale? Scale(ScenarioAct act, IReadOnlyList<Device> devices)
    {
        foreach (Warehouse warehouse in world.Warehouses)
        {
            Device[] scales = [.. devices.Where(device => device.Identity.Kind == DeviceKind.WarehouseScale && device.Identity.Site == warehouse.Site)];
            int index = Array.FindIndex(scales, device => device.Identity.DeviceId == act.Device);
            if (index >= 0)
            {
                return warehouse.Scales[index];
            }
        }

        return null;
    }
}
