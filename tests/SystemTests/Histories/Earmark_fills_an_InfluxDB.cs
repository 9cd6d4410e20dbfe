using System.Text.Json.Nodes;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Histories;

/// <summary>A whole Earmark beside an InfluxDB that is away at first, killed in between, and full of what was heard at the end.</summary>
public sealed class Earmark_fills_an_InfluxDB
{
    private const string Station = "bs-01";
    private const string Quarters = "\"earmark\".\"earmark_points\".\"tag-quarter\"";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private uint round;

    /// <summary>What was heard while the demo was set up lies before it.</summary>
    private DateTimeOffset since;

    [Fact]
    public async Task Away_killed_or_told_twice_it_ends_with_one_point_a_quarter_and_value_never_waits_for_it()
    {
        await using var influx = new InfluxServer();
        var secret = Path.GetTempFileName();
        await File.WriteAllTextAsync(secret, influx.Password);
        await using var earmark = await EarmarkServer.StartAsync(
            "--clock", "stepped", "--no-sim", "--cattle", $"{Ranch.Cattle}",
            "--influx", $"{influx.Url}", "--influx-user", InfluxServer.Admin, "--influx-secret", secret);
        since = (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
        await HearAsync(earmark);
        Assert.Equal("current", (await earmark.GetAsync("api/v1/facilities/demo-ranch-loan"))["state"]!.GetValue<string>());
        Assert.Null((await earmark.GetAsync($"api/v1/devices/{Station}"))["refusals"]);

        await influx.StartAgainAsync();
        await Until(async () => await QuartersAsync(influx) == 1, earmark);

        await influx.KillAsync();
        await HearAsync(earmark);
        await influx.StartAgainAsync();
        await Until(async () => await QuartersAsync(influx) == 2, earmark);

        await earmark.KillAsync();
        await earmark.StartAgainAsync();
        await HearAsync(earmark);
        await Until(async () => await QuartersAsync(influx) == 3, earmark);
        Assert.NotNull((await earmark.GetAsync($"api/v1/devices/{Station}"))["refusals"]);
        var heard = JsonNode.Parse(await influx.QueryAsync($"SELECT min(\"heard\"),max(\"heard\") FROM {Quarters} WHERE {Since}"))!["results"]![0]!["series"]![0]!["values"]![0]!;
        Assert.Equal((1, 1), (heard[1]!.GetValue<int>(), heard[2]!.GetValue<int>()));
        Assert.DoesNotContain(influx.Password, earmark.Output + influx.Output, StringComparison.Ordinal);
        File.Delete(secret);
    }

    private string Since => $"time >= {since.ToUnixTimeMilliseconds()}ms";

    /// <summary>One round of the whole herd at the start of a quarter of its own, which is over afterwards.</summary>
    private async Task HearAsync(EarmarkServer earmark)
    {
        var now = (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
        var quarter = TimeSpan.FromMinutes(15).Ticks;
        await earmark.StepAsync(TimeSpan.FromTicks(quarter - (now.UtcTicks % quarter)) + TimeSpan.FromSeconds(10));
        var at = (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
        await using var station = new Device(earmark.Device(Station), earmark.MqttPort) { Boot = 1_000 + ++round };
        await station.ConnectAsync();
        await station.SendAsync(at.AddSeconds(-1), "base-station", Herd.Round((int)round, Enumerable.Range(1, Ranch.Cattle), []));
        await earmark.StepAsync(TimeSpan.FromMinutes(20));
    }

    /// <summary>Quarters of the first animal; 0 before there is anything.</summary>
    private async Task<int> QuartersAsync(InfluxServer influx)
    {
        var answer = JsonNode.Parse(await influx.AskAsync($"SELECT \"heard\" FROM {Quarters} WHERE subject='{Herd.Tag(1)}' AND {Since}"))!;
        return answer["results"]?[0]?["series"]?[0]?["values"]!.AsArray().Count ?? 0;
    }

    private static async Task Until(Func<Task<bool>> isTrue, EarmarkServer earmark)
    {
        using var late = new CancellationTokenSource(Limit);
        while (!await isTrue())
        {
            Assert.False(late.IsCancellationRequested, earmark.Output);
            await Task.Delay(100);
        }
    }
}
