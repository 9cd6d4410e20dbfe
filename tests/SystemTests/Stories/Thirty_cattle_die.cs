using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Earmark.SystemTests.Running;
using MQTTnet;

namespace Earmark.SystemTests.Stories;

/// <summary>
/// The story the product is for, on the real process over real MQTT with a stepped clock: the herd of a loan dies in part,
/// the value falls, one margin call opens and names the dead; prices recover and it is cured, once.
/// </summary>
public sealed class Thirty_cattle_die
{
    private const int Cattle = 80;
    private const int Dead = 30;
    private const string Facility = "api/v1/facilities/demo-ranch-loan";
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task The_value_falls_one_margin_call_opens_naming_them_and_recovering_prices_cure_it_once()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", $"{Cattle}");
        await using var station = new Device(earmark.Device("bs-01"), earmark.MqttPort);
        await station.ConnectAsync();
        await HearEverybody(earmark, station, round: 1);
        var before = await earmark.GetAsync(Facility);
        Assert.Equal("current", before["state"]!.GetValue<string>());
        Assert.Equal("clear", before["lineState"]!.GetValue<string>());

        // A quiet half hour, so that death is not simply the first thing heard.
        for (var round = 2; round < 5; round++)
        {
            await earmark.StepAsync(TimeSpan.FromMinutes(5));
            await HearEverybody(earmark, station, round);
        }

        var deadline = await SendTheDead(earmark, station);
        var after = await Until(earmark, facility => facility["marginCall"] is JsonObject, deadline);

        Assert.True(Money(after, "eligibleValue") < 0.9m * Money(before, "eligibleValue"), after.ToJsonString());
        Assert.True(after["ltv"]!.GetValue<decimal>() > before["ltv"]!.GetValue<decimal>());
        Assert.Contains(after["lineState"]!.GetValue<string>(), new[] { "margin-call", "liquidation" });
        Assert.Equal(Enumerable.Range(1, Dead).Select(Animal), NamedDead(after["marginCall"]!).Order());

        await earmark.StepAsync(TimeSpan.FromMinutes(2));
        await HearTheLiving(earmark, station, round: 9);
        Assert.Single(await Calls(earmark));
        await RaisePrices(earmark);
        await Until(earmark, facility => facility["marginCall"] is null, Stopwatch.StartNew());

        await earmark.StepAsync(TimeSpan.FromMinutes(2));
        var call = Assert.Single(await Calls(earmark));
        Assert.Equal("cured", call!["state"]!.GetValue<string>());
    }

    private static async Task HearEverybody(EarmarkServer earmark, Device station, int round) =>
        await Acknowledged(station, await Now(earmark), Herd.Round(round, Enumerable.Range(1, Cattle), []));

    private static async Task HearTheLiving(EarmarkServer earmark, Device station, int round) =>
        await Acknowledged(station, await Now(earmark), Herd.Round(round, Enumerable.Range(Dead + 1, Cattle - Dead), []));

    private static async Task<Stopwatch> SendTheDead(EarmarkServer earmark, Device station)
    {
        await earmark.StepAsync(TimeSpan.FromMinutes(5));
        var round = Herd.Round(5, Enumerable.Range(Dead + 1, Cattle - Dead), Enumerable.Range(1, Dead));
        await Acknowledged(station, await Now(earmark), round);
        return Stopwatch.StartNew();
    }

    private static async Task Acknowledged(Device station, DateTimeOffset at, string round)
    {
        var answer = await station.SendAsync(at, "base-station", round);
        Assert.Equal(MqttClientPublishReasonCode.Success, answer.ReasonCode);
    }

    private static async Task<JsonNode> Until(EarmarkServer earmark, Func<JsonNode, bool> holds, Stopwatch since)
    {
        while (true)
        {
            var facility = await earmark.GetAsync(Facility);
            if (holds(facility))
            {
                return facility;
            }

            Assert.True(since.Elapsed < Shown, $"Not within {Shown}: {facility.ToJsonString()}");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task RaisePrices(EarmarkServer earmark)
    {
        var now = await Now(earmark);
        var prices = new[] { "", "simmental", "angus" }
            .Select(grade => new { priceClass = "beef-cattle", grade, yuanPerKilogram = 60.00m, effectiveAt = now });
        var (status, body) = await earmark.PostAsync("api/v1/prices", new { id = "recovery", source = "test", prices }, "bank-approver");
        Assert.True(status == HttpStatusCode.OK, body?.ToJsonString());
    }

    private static async Task<JsonArray> Calls(EarmarkServer earmark) =>
        (await earmark.GetAsync("api/v1/margin-calls?facility=demo-ranch-loan"))["marginCalls"]!.AsArray();

    private static IEnumerable<string> NamedDead(JsonNode call) =>
        call["reasons"]!.AsArray().Where(reason => reason!["reason"]!.GetValue<string>() == "dead-presumed")
            .SelectMany(reason => reason!["assetIds"]!.AsArray()).Select(id => id!.GetValue<string>());

    private static async Task<DateTimeOffset> Now(EarmarkServer earmark) =>
        (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();

    private static decimal Money(JsonNode facility, string name) => facility[name]!.GetValue<decimal>();

    private static string Animal(int number) => $"cow-{number:00000}";
}
