using Earmark.Contracts.Sites;
using Earmark.DeviceSim.World;
using Road = Earmark.DeviceSim.World.Logistics.Route;

namespace Earmark.Host.Demo;

/// <summary>The demo fleet: 12 refrigerated trucks with a shipment each, on four roads.</summary>
internal static class DemoFleet
{
    private const int LoadKilograms = 18_000;
    private const int CorridorMetres = 2_000;

    public static async Task<IReadOnlyList<DeviceFileEntry>> SettleAsync(DemoRegistrar people, DateTimeOffset now)
    {
        var vehicles = Enumerable.Range(1, WorldDefaults.Trucks).Select(Vehicle).ToArray();
        await people.OpenSiteAsync(DemoCast.Fleet, SiteKind.Fleet, "北疆冷链示范车队 · Beijiang Cold-Chain Demo Fleet", vehicles, 40.84, 111.75);
        var devices = new List<DeviceFileEntry>();
        for (var i = 1; i <= WorldDefaults.Trucks; i++)
        {
            devices.Add(await people.EnrolAsync(DemoCast.Fleet, "gps-node", Node(i), Vehicle(i)));
        }

        await people.DeclareAsync(DemoCast.Fleet, new DeclareShipments(
            "demo-shipments", DemoCast.By, [.. Enumerable.Range(1, WorldDefaults.Trucks).Select(i => Shipment(i, now))]));
        return devices;
    }

    private static ShipmentDeclaration Shipment(int number, DateTimeOffset now) => new(
        $"shipment-{number:00}",
        Node(number),
        DemoCast.FrozenBeef,
        DemoCast.Carcass,
        Vehicle(number),
        LoadKilograms * 1_000L,
        [.. Road.Defaults[(number - 1) % Road.Defaults.Count].Points.Select(point => new RoutePoint(point.Latitude, point.Longitude))],
        CorridorMetres,
        now.AddHours(-1),
        now.AddDays(30),
        now.AddYears(1));

    private static string Node(int number) => $"gps-{number:00}";

    private static string Vehicle(int number) => $"truck-{number:00}";
}
