using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Truth;
using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Cattle;
using Earmark.DeviceSim.World.Logistics;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.WarehouseScale;
using Xunit;

namespace Earmark.Tests.DeviceSim;

public sealed class GoodsAndTrucksTests
{
    [Fact]
    public void A_booked_truck_is_weighed_empty_and_full_and_its_ticket_says_what_left()
    {
        (List<(string Device, ScaleReading Reading)> readings, TruthList truth) = Weigh("""{ "at": "PT5M", "do": "outbound", "lot": "lot-002", "kg": 9000 }""");

        ScaleReading ticket = Assert.Single(readings, r => r.Reading.Purpose == ScalePurpose.Outbound && r.Reading.IsStable).Reading;
        Assert.Equal(("lot-002", 9000), (ticket.Reference.ToString(), ticket.Net));
        Assert.True(ticket.Tare is >= 2800 and <= 4400);
        Assert.Equal(WorldDefaults.UnstableReadings, readings.Count(r => r.Reading.Purpose == ScalePurpose.Outbound && !r.Reading.IsStable));
        Assert.Equal(9_000_000, Assert.Single(truth.Of(TruthFacts.LotOut)).Grams);
    }

    [Fact]
    public void An_unbooked_truck_has_no_reference_and_an_unweighed_one_leaves_no_trace_but_the_missing_goods()
    {
        (var readings, TruthList truth) = Weigh("""
            { "at": "PT5M", "do": "outbound-unbooked", "lot": "lot-002", "kg": 9000 },
            { "at": "PT40M", "do": "outbound-unbooked", "lot": "lot-003", "kg": 7000, "weighed": false },
            { "at": "PT80M", "do": "weigh", "lot": "lot-003" }
            """);

        ScaleReading ticket = Assert.Single(readings, r => r.Reading.Purpose == ScalePurpose.Outbound && r.Reading.IsStable).Reading;
        Assert.Equal("", ticket.Reference.ToString());
        Assert.Equal([9_000_000L, 7_000_000L], truth.Of(TruthFacts.LotOutUnbooked).Select(fact => fact.Grams!.Value));
        ScaleReading check = Assert.Single(readings, r => r.Reading.Purpose == ScalePurpose.Check && r.Reading.IsStable).Reading;
        long began = Earmark.DeviceSim.World.Warehouses.Warehouse.DefaultLots("warehouse-1", 40, Demo.Seed)[2].Grams;
        Assert.Equal(began / 1000 - 7000, check.Net);
    }

    [Fact]
    public void A_drifting_scale_shows_more_than_there_is()
    {
        (var readings, _) = Weigh("""
            { "at": "PT0S", "do": "scale-drift", "device": "scale-3", "percent": 5, "duration": "PT1H" },
            { "at": "PT80M", "do": "weigh", "lot": "lot-001" }
            """);

        long truly = Earmark.DeviceSim.World.Warehouses.Warehouse.DefaultLots("warehouse-1", 40, Demo.Seed)[0].Grams / 1000;
        ScaleReading check = Assert.Single(readings, r => r.Reading.Purpose == ScalePurpose.Check && r.Reading.IsStable).Reading;
        Assert.InRange(check.Net / (double)truly, 1.049, 1.051);
    }

    [Fact]
    public void A_take_over_weighs_every_lot_in_once_within_minutes()
    {
        (var readings, TruthList truth) = Weigh("""{ "at": "PT0S", "do": "take-over" }""");
        var lots = Earmark.DeviceSim.World.Warehouses.Warehouse.DefaultLots("warehouse-1", 40, Demo.Seed);
        var tickets = readings.Where(r => r.Reading.Purpose == ScalePurpose.Inbound && r.Reading.IsStable).ToList();

        Assert.Equal(lots.Select(lot => (lot.Name, lot.Grams)).Order(), tickets.Select(t => (t.Reading.Reference.ToString(), t.Reading.NetWholeGrams!.Value)).Order());
        Assert.All(truth.Of(TruthFacts.LotIn), fact => Assert.True(fact.At < Demo.Start.AddMinutes(5)));
    }

    [Fact]
    public void Ordinary_turnover_never_opens_a_gap_of_five_percent_and_closes_again()
    {
        using var sites = Demo.Sites(Demo.Everything(1), new RecordingSink(), null, Demo.Read("""{ "name": "ordinary", "events": [] }"""));
        var warehouse = sites.World.Warehouses[0];
        Dictionary<string, long> began = warehouse.Lots.ToDictionary(lot => lot.Name, lot => lot.Grams);
        double widest = 0;
        for (int quarter = 0; quarter < 4 * 24 * 3; quarter++)
        {
            sites.AdvanceTo(sites.Now.AddMinutes(15));
            widest = Math.Max(widest, warehouse.Lots.Max(lot => Math.Abs(lot.Grams - began[lot.Name]) / (double)began[lot.Name]));
        }

        Assert.InRange(widest, 0.01, 0.05);
        sites.AdvanceTo(Demo.Start.AddDays(3).AddHours(14));
        Assert.All(warehouse.Lots, lot => Assert.Equal(began[lot.Name], lot.Grams));
    }

    [Fact]
    public void Goods_of_ordinary_days_add_up_between_the_truth_and_the_tickets()
    {
        var sink = new RecordingSink();
        var truth = new TruthList();
        using var sites = Demo.Sites(Demo.Everything(1), sink, truth, Demo.Read("""{ "name": "ordinary", "natural": true, "events": [] }"""));
        sites.AdvanceTo(Demo.Start.AddDays(2));

        List<ScaleReading> tickets = [.. Readings(sink).Select(r => r.Reading).Where(r => r.IsStable)];
        long inbound = tickets.Where(r => r.Purpose == ScalePurpose.Inbound).Sum(r => r.Net * 1000L);
        long outbound = tickets.Where(r => r.Purpose == ScalePurpose.Outbound).Sum(r => r.Net * 1000L);
        Assert.Equal(truth.Of(TruthFacts.LotIn).Sum(fact => fact.Grams!.Value), inbound);
        Assert.Equal(truth.Of(TruthFacts.LotOut).Sum(fact => fact.Grams!.Value), outbound);
        Assert.InRange(tickets.Count(r => r.Purpose == ScalePurpose.Check), 180, 192);
        Assert.True(inbound > 0 && outbound > 0);
    }

    [Fact]
    public void Trucks_keep_to_their_roads_at_the_speed_of_trucks_unless_the_script_says_otherwise()
    {
        var sink = new RecordingSink();
        using var sites = Demo.Sites(Demo.Everything(1), sink, null, Demo.Read("""
            { "name": "off", "natural": false, "events": [
              { "at": "PT1H", "do": "divert-truck", "device": "gps-1", "km": 18 },
              { "at": "PT1H", "do": "break-seal", "device": "gps-3" },
              { "at": "PT1H", "do": "stop-truck", "device": "gps-2", "duration": "PT1H" } ] }
            """));
        sites.AdvanceTo(Demo.Start.AddHours(2));

        foreach (Truck truck in sites.World.Fleets[0].Trucks)
        {
            List<GpsReading> own = [.. sink.Frames.Where(frame => frame.Device.DeviceId == truck.Name).Select(Position)];
            double farthest = own.Where((r, i) => i % 3 == 0 && r.Position is not null).Max(r => FromRoad(truck.Route, Place(r)));
            if (truck.Name == "gps-1")
            {
                Assert.InRange(farthest, 14_000, 18_100);
            }
            else
            {
                Assert.InRange(farthest, 0, 60);
            }

            Assert.All(own.Where(r => r.Position is not null), r => Assert.InRange(r.Position!.Value.SpeedDecikilometresPerHour!.Value / 10.0, 0, 110));
            Assert.Equal(truck.Name != "gps-3", own.TrueForAll(r => (r.Inputs & GpsInputs.SealIntact) != 0));
        }

        List<GpsReading> stopped = [.. sink.Frames
            .Where(frame => frame.Device.DeviceId == "gps-2" && frame.MadeAt > Demo.Start.AddMinutes(61) && frame.MadeAt < Demo.Start.AddMinutes(119))
            .Select(Position)];
        Assert.All(stopped, r => Assert.Equal((ushort)0, r.Position?.SpeedDecikilometresPerHour ?? 0));
        Assert.All(stopped, r => Assert.Null(r.Position?.HeadingDecidegrees));
    }

    [Fact]
    public void Cattle_grow_like_cattle()
    {
        foreach (Breed breed in Breed.All)
        {
            var growth = new BrodyGrowth(breed, RandomStream.For(Demo.Seed, breed.Code));
            double birth = growth.Kilograms(0, 200);
            double half = growth.Kilograms(183, 200);
            double year = growth.Kilograms(365, 200);
            double two = growth.Kilograms(730, 200);
            Assert.InRange(birth, 25, 55);
            Assert.InRange(half, 120, 240);
            Assert.InRange(year, 260, 480);
            Assert.InRange(two, 400, 780);
            double gain = (growth.Kilograms(400, 200) - growth.Kilograms(300, 200)) / 100;
            Assert.InRange(gain, 0.6, 1.9);
            Assert.InRange(growth.Kilograms(BrodyGrowth.InflectionDays + 0.01, 200) - growth.Kilograms(BrodyGrowth.InflectionDays - 0.01, 200), 0, 0.1);
        }
    }

    private static (List<(string Device, ScaleReading Reading)> Readings, TruthList Truth) Weigh(string acts)
    {
        var sink = new RecordingSink();
        var truth = new TruthList();
        using var sites = Demo.Sites(Demo.Everything(1), sink, truth, Demo.Read($"{{ \"name\": \"goods\", \"natural\": false, \"events\": [ {acts} ] }}"));
        sites.AdvanceTo(Demo.Start.AddHours(2));
        return ([.. Readings(sink)], truth);
    }

    private static IEnumerable<(string Device, ScaleReading Reading)> Readings(RecordingSink sink)
    {
        foreach (MadeFrame frame in sink.Frames.Where(frame => frame.Device.Kind == DeviceKind.WarehouseScale))
        {
            Assert.True(WarehouseScaleCodec.TryRead(EnvelopeCodec.Payload(frame.Bytes), out ScaleReading reading, out _));
            yield return (frame.Device.DeviceId, reading);
        }
    }

    private static GpsReading Position(MadeFrame frame)
    {
        Assert.True(GpsNodeCodec.TryRead(EnvelopeCodec.Payload(frame.Bytes), out GpsReading reading, out _));
        return reading;
    }

    private static GeoPoint Place(GpsReading reading) => new(reading.Position!.Value.LatitudeE7 / 1e7, reading.Position.Value.LongitudeE7 / 1e7);

    /// <summary>Distance to the nearest of points every 40 m along the road.</summary>
    private static double FromRoad(Route route, GeoPoint place) =>
        Enumerable.Range(0, (int)(route.LengthMetres / 40) + 1).Min(i => route.At(i * 40).Place.MetresTo(place));
}
