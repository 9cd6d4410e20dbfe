using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Earmark.SystemTests.Running;
using MQTTnet;

namespace Earmark.SystemTests.Stories;

/// <summary>
/// A pledged lot goes from the warehouse onto a truck and back into the warehouse. Whoever looks, at any moment, counts what was
/// weighed: never more, for it is never in two places, and never less, for it is never nowhere.
/// </summary>
public sealed class A_lot_travels
{
    private const string Facility = "api/v1/facilities/demo-warehouse-loan";
    private const string Lot = "lot-001";
    private static readonly TimeSpan LooksOn = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task What_is_counted_never_exceeds_what_was_weighed_and_never_dips()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", "5");
        await earmark.StepAsync(TimeSpan.FromMinutes(1));
        var weighed = Counted(await earmark.GetAsync(Facility));
        var value = Eligible(await earmark.GetAsync(Facility));
        Assert.True(weighed > 0 && value > 0);
        var lot = (await earmark.GetAsync($"api/v1/assets/{Lot}"))["now"]!;
        await using var node = await PrepareTruck(earmark, lot);

        using var watching = new CancellationTokenSource();
        var watch = Watch(earmark, watching.Token);
        var whole = lot["quantityKilograms"]!.GetValue<decimal>();
        await Carry(earmark, "load-half", "demo-warehouse", Lot, "demo-fleet", "trip-01", "truck-01", decimal.Round(whole / 2, 3));
        await Carry(earmark, "load-rest", "demo-warehouse", Lot, "demo-fleet", "trip-01", "truck-01", whole - decimal.Round(whole / 2, 3));
        Assert.Equal(whole, await Held(earmark, "trip-01"));
        await Task.Delay(LooksOn);
        await earmark.StepAsync(TimeSpan.FromMinutes(5));
        await Heard(earmark, node);
        await Carry(earmark, "unload", "demo-fleet", "trip-01", "demo-warehouse", "lot-back", "zone-a", whole);
        Assert.Equal(whole, await Held(earmark, "lot-back"));
        await Task.Delay(LooksOn);
        await earmark.StepAsync(TimeSpan.FromMinutes(1));
        await watching.CancelAsync();

        var seen = await watch;
        TestContext.Current.SendDiagnosticMessage($"{seen.Count} looks at {weighed} kg");
        Assert.True(seen.Count > 20, $"only {seen.Count} looks");
        Assert.Equal([weighed], seen.Select(look => look.Kilograms).Distinct());
        Assert.Equal([value], seen.Select(look => look.Value).Distinct());
        Assert.Equal(weighed, Counted(await earmark.GetAsync(Facility)));
    }

    private static async Task<Device> PrepareTruck(EarmarkServer earmark, JsonNode lot)
    {
        var now = await Now(earmark);
        var trip = new
        {
            assetId = "trip-01",
            nodeId = "gps-trip",
            priceClass = lot["priceClass"]!.GetValue<string>(),
            grade = lot["grade"]!.GetValue<string>(),
            vehicle = "truck-01",
            weighedInKilograms = 1,
            route = new[] { new { latitude = 40.842, longitude = 111.749 }, new { latitude = 40.725, longitude = 111.250 } },
            corridorMetres = 2_000,
            departsAt = now,
            dueAt = now.AddDays(2),
            insuredUntil = now.AddYears(1),
        };
        var (added, credentials) = await earmark.PostAsync(
            "api/v1/devices", new { deviceId = "gps-trip", kind = "gps-node", site = "demo-fleet", zone = "truck-01", simulated = true });
        Assert.True(added == HttpStatusCode.OK, credentials?.ToJsonString());
        await Accepted(earmark, "api/v1/sites/demo-fleet/shipments", new[] { trip });
        var node = new Device(credentials.Deserialize<DeviceCredentials>(JsonSerializerOptions.Web)!, earmark.MqttPort);
        await node.ConnectAsync();
        await Heard(earmark, node);
        return node;
    }

    /// <summary>The truck stands at the start of its road, sealed.</summary>
    private static async Task Heard(EarmarkServer earmark, Device node)
    {
        var answer = await node.SendAsync(await Now(earmark), "gps-node", """
            {"fix":"gnss","latitudeDegrees":40.842,"longitudeDegrees":111.749,"speedKilometresPerHour":0.0,"headingDegrees":null,
            "accuracyMetres":3.0,"satellites":11,"inputs":["seal-intact","external-power"],"batteryPercent":88}
            """);
        Assert.True(answer.ReasonCode == MqttClientPublishReasonCode.Success, answer.ReasonString);
    }

    private static Task Carry(
        EarmarkServer earmark, string id, string fromSiteId, string assetId, string toSiteId, string toAssetId, string toZone, decimal quantityKilograms) =>
        Accepted(earmark, "api/v1/transfers", new { id, fromSiteId, assetId, quantityKilograms, toSiteId, toAssetId, toZone });

    private static async Task Accepted(EarmarkServer earmark, string path, object body)
    {
        var (status, answer) = await earmark.PostAsync(path, body);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {answer?.ToJsonString()}");
    }

    private static async Task<List<(decimal Kilograms, decimal Value)>> Watch(EarmarkServer earmark, CancellationToken stop)
    {
        var seen = new List<(decimal, decimal)>();
        while (!stop.IsCancellationRequested)
        {
            var facility = await earmark.GetAsync(Facility);
            seen.Add((Counted(facility), Eligible(facility)));
            await Task.Delay(20, CancellationToken.None);
        }

        return seen;
    }

    private static decimal Counted(JsonNode facility) =>
        facility["factors"]!.AsArray().Sum(row => row!["quantityKilograms"]!.GetValue<decimal>());

    private static decimal Eligible(JsonNode facility) => facility["eligibleValue"]!.GetValue<decimal>();

    private static async Task<decimal> Held(EarmarkServer earmark, string assetId) =>
        (await earmark.GetAsync($"api/v1/assets/{assetId}"))["now"]!["quantityKilograms"]!.GetValue<decimal>();

    private static async Task<DateTimeOffset> Now(EarmarkServer earmark) =>
        (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
}
