using Earmark.DeviceSim.Truth;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Stories;

/// <summary>
/// Twelve cattle of one pen are led away while their station speaks on, by a scenario file on the real process over real MQTT; later another pen's
/// station is cut off. Only the first is a theft.
/// </summary>
public sealed class Thieves_come_at_night
{
    private const string Script = """
        { "name": "Twelve are led away", "natural": false,
          "events": [
            { "at": "PT40M", "do": "steal", "pen": 3, "count": 12 },
            { "at": "PT50M", "do": "station-off", "device": "bs-05", "duration": "PT1H" } ] }
        """;

    [Fact]
    public async Task One_theft_is_suspected_in_that_pen_within_a_quarter_of_an_hour_and_none_where_a_station_fell_silent()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", "400");
        var script = Path.Combine(earmark.DataFolder, "script.json");
        var truth = Path.Combine(earmark.DataFolder, "truth.jsonl");
        await File.WriteAllTextAsync(script, Script, TestContext.Current.CancellationToken);
        // The simulator's own seed: with it animals stand in the pens that the demo registered them in.
        await using var simulator = Child.Earmark(
            "sim", "--mqtt", $"127.0.0.1:{earmark.MqttPort}", "--devices", earmark.DevicesFile, "--clock", earmark.Address.ToString(),
            "--key", earmark.Key("admin"), "--state", Path.Combine(earmark.DataFolder, "beside"), "--truth", truth, "--script", script,
            "--drive", "--for", "PT1H40M");
        Assert.True(await simulator.WaitAsync(TimeSpan.FromMinutes(5)) == 0, simulator.Output);

        var stolenAt = File.ReadLines(truth).Select(Fact).First(fact => fact.Fact == TruthFacts.Stolen).At;
        var alarms = (await earmark.GetAsync("api/v1/alarms?site=demo-ranch"))["alarms"]!.AsArray().Select(alarm => alarm!).ToList();
        var theft = Assert.Single(alarms, alarm => alarm["cause"]!.GetValue<string>() is "theft-suspected" or "pen-unheard");
        Assert.Equal(("theft-suspected", "pen-3"), (theft["cause"]!.GetValue<string>(), theft["subject"]!.GetValue<string>()));
        Assert.InRange(theft["raisedAt"]!.GetValue<DateTimeOffset>(), stolenAt, stolenAt.AddMinutes(15));
        Assert.Contains(alarms, alarm => alarm["cause"]!.GetValue<string>() == "station-silent" && alarm["subject"]!.GetValue<string>() == "bs-05");
    }

    private static TruthFact Fact(string line) => TruthFile.TryRead(line, out var fact) ? fact! : throw new InvalidDataException(line);
}
