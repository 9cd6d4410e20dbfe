using Earmark.Contracts.Sites;
using Earmark.DeviceSim.World;
using SimulatedWarehouse = Earmark.DeviceSim.World.Warehouses.Warehouse;

namespace Earmark.Host.Demo;

/// <summary>The demo warehouse: 40 booked lots of maize. They count as the scales weigh them, not as they are booked.</summary>
internal static class DemoWarehouse
{
    private const string Weighbridge = "weighbridge";

    public static async Task<IReadOnlyList<DeviceFileEntry>> SettleAsync(DemoRegistrar people, DateTimeOffset now)
    {
        var lots = SimulatedWarehouse.DefaultLots(DemoCast.Warehouse, WorldDefaults.Lots, WorldDefaults.Seed);
        string[] zones = [Weighbridge, .. lots.Select(lot => Zone(lot.Bin)).Distinct()];
        await people.OpenSiteAsync(DemoCast.Warehouse, SiteKind.Warehouse, "丰州粮食示范库 · Fengzhou Demo Granary", zones, 40.84, 111.75);
        var devices = new List<DeviceFileEntry>();
        for (var i = 1; i <= WorldDefaults.Scales; i++)
        {
            devices.Add(await people.EnrolAsync(DemoCast.Warehouse, "warehouse-scale", $"scale-{i:00}", Weighbridge));
        }

        await people.DeclareAsync(DemoCast.Warehouse, new DeclareLots(
            "demo-lots",
            DemoCast.By,
            [.. lots.Select(lot => new LotDeclaration(
                lot.Name, lot.Name, DemoCast.Grain, DemoCast.Maize, Zone(lot.Bin), lot.Grams, now, now.AddMonths(18), now.AddYears(1)))]));
        return devices;
    }

    /// <summary>A bin's name begins with its zone: <c>a-03</c> lies in <c>zone-a</c>.</summary>
    private static string Zone(string bin) => $"zone-{bin[0]}";
}
