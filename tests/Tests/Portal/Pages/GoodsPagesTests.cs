using System.Net;
using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Portal.Layout;
using Earmark.Storage.Book;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal.Pages;

public sealed class GoodsPagesTests
{
    private const string Lot = "lot-01";
    private const string Shipment = "trip-01";

    private static readonly AssetLine LotLine = new(
        Lot, "scale-1", "maize", "grade-1", "bay-1", "held", null, Samples.Facility, Samples.Now.AddMinutes(-4),
        9_800_000, 9_600_000, 1_000_000, 1_000_000, 980_000, null, null, 10_000_000, 9_800_000);

    private static readonly AssetLine ShipmentLine = new(
        Shipment, "node-1", "maize", "grade-1", "truck-7", "off-corridor", "off-corridor", null, Samples.Now.AddHours(-3),
        20_000_000, 0, 1_000_000, 1_000_000, 1_000_000, null, null, LastPosition: new TrackPoint(Samples.Now.AddHours(-3), 42.5, 119.5, 62));

    [Fact]
    public async Task A_warehouse_sets_what_is_booked_beside_what_is_weighed_and_what_counts()
    {
        await using var world = await StartAsync();
        using var browser = await world.SignInAsync(Roles.WarehouseOperator, Samples.Warehouse);
        var page = PageBasics.Holds(await browser.GetAsync("/warehouses/" + Samples.Warehouse));
        Assert.Contains("10,000.0", page, StringComparison.Ordinal);
        Assert.Contains("-200.0 short", page, StringComparison.Ordinal);
        Assert.Contains("9,600.0", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/lots/lot-01\"", page, StringComparison.Ordinal);
        Assert.Contains($"data-live=\"assets:{Samples.Warehouse}?sort=zone&amp;offset=0\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lot_shows_its_difference_value_and_papers()
    {
        await using var world = await StartAsync();
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var page = PageBasics.Holds(await browser.GetAsync("/lots/" + Lot));
        Assert.Contains("-200.0 short", page, StringComparison.Ordinal);
        Assert.Contains("There is no price for maize grade-1", page, StringComparison.Ordinal);
        Assert.Contains("2026-12-31 08:00", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fleet_shows_where_its_shipments_are_in_a_table_and_on_a_map()
    {
        await using var world = await StartAsync();
        using var browser = await world.SignInAsync(Roles.FleetOperator, Samples.Fleet);
        var page = PageBasics.Holds(await browser.GetAsync("/fleets/" + Samples.Fleet));
        Assert.Contains("42.50000, 119.50000", page, StringComparison.Ordinal);
        Assert.Contains("No signal for 3 h", page, StringComparison.Ordinal);
        Assert.Contains("<circle class=\"state-off-corridor\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shipment_draws_its_corridor_and_track_and_says_them_in_a_table()
    {
        await using var world = await StartAsync();
        using var browser = await world.SignInAsync(Roles.FleetOperator, Samples.Fleet);
        var page = PageBasics.Holds(await browser.GetAsync("/shipments/" + Shipment));
        Assert.Contains("class=\"corridor\"", page, StringComparison.Ordinal);
        Assert.Contains("stroke-width=\"1000\"", page, StringComparison.Ordinal);
        Assert.Contains("42.40000, 119.40000", page, StringComparison.Ordinal);
        Assert.Contains("Seal</dt><dd>Broken", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<dd>42.1,119.2", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/warehouses/" + Samples.Warehouse)]
    [InlineData("/fleets/" + Samples.Fleet)]
    [InlineData("/lots/" + Lot)]
    [InlineData("/shipments/" + Shipment)]
    public async Task Another_bank_and_another_sites_operator_find_nothing_there(string path)
    {
        await using var world = await StartAsync();
        using var foreign = await world.SignInAsync(Roles.Admin, institution: PortalHost.OtherBank);
        Assert.Equal(HttpStatusCode.NotFound, (await foreign.GetAsync(path)).Status);
        using var neighbour = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        Assert.Equal(HttpStatusCode.NotFound, (await neighbour.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Empty_stock_and_an_idle_fleet_say_so()
    {
        await using var world = await StartAsync(new AssetPage(0, []), new AssetPage(0, []));
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        Assert.Contains("No lot fits.", PageBasics.Holds(await browser.GetAsync("/warehouses/" + Samples.Warehouse)), StringComparison.Ordinal);
        Assert.Contains("No shipment fits.", PageBasics.Holds(await browser.GetAsync("/fleets/" + Samples.Fleet)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_drawing_is_true_to_scale()
    {
        var drawing = new MapDrawing([new RoutePoint(60, 10), new RoutePoint(61, 12)], 0);
        // At 60.5° a degree of longitude is half as long as one of latitude: two of them are about one.
        Assert.InRange(drawing.Width / drawing.Height, 0.97, 1.0);
        Assert.Equal((0, 0), (drawing.X(new RoutePoint(61, 10)), drawing.Y(new RoutePoint(61, 10))));
        Assert.Equal([new RoutePoint(42.1, 119.2)], MapDrawing.Read("42.1,119.2 nonsense"));
    }

    private static Task<PageWorld> StartAsync(AssetPage? lots = null, AssetPage? shipments = null) => PageWorld.StartAsync(portal =>
    {
        portal.Register
            .On(nameof(IRegister.AssetAsync), asked => Task.FromResult((string)asked[0]! switch
            {
                Lot => Samples.CowRow with { AssetId = Lot, SiteId = Samples.Warehouse, Kind = "lot" },
                Shipment => Samples.CowRow with { AssetId = Shipment, SiteId = Samples.Fleet, Kind = "shipment" },
                _ => null,
            }));
        portal.Grains.Place<IWarehouseGrain>(Samples.Warehouse)
            .Gives(nameof(ISiteGrain.Summary), Samples.RanchSummary() with { SiteId = Samples.Warehouse, Kind = SiteKind.Warehouse })
            .Gives(nameof(ISiteGrain.Assets), lots ?? new AssetPage(1, [LotLine]))
            .Gives(nameof(ISiteGrain.Asset), (AssetDetail?)new AssetDetail(
                LotLine, [new AssetFact("shelf-life-until", "2026-12-31T00:00:00Z")], [9], [], []));
        portal.Grains.Place<IFleetGrain>(Samples.Fleet)
            .Gives(nameof(ISiteGrain.Summary), Samples.RanchSummary() with { SiteId = Samples.Fleet, Kind = SiteKind.Fleet })
            .Gives(nameof(ISiteGrain.Assets), shipments ?? new AssetPage(1, [ShipmentLine]))
            .Gives(nameof(ISiteGrain.Asset), (AssetDetail?)new AssetDetail(
                ShipmentLine,
                [new AssetFact("seal", "broken"), new AssetFact("door", "closed"), new AssetFact("corridor-metres", "500"), new AssetFact("route", "42.1,119.2 42.9,119.9")],
                [9],
                [],
                [new TrackPoint(Samples.Now.AddHours(-4), 42.4, 119.4, 70), new TrackPoint(Samples.Now.AddHours(-3), 42.5, 119.5, 62)]));
    });
}
