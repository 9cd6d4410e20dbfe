using System.Text.Json.Nodes;
using Earmark.DeviceSim.Truth;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Stories;

/// <summary>
/// Cattle die in the simulated world, by a scenario file. No frame says so: their ears grow cold and nothing moves, and what Earmark concludes
/// from that is compared with what truly happened.
/// </summary>
public sealed class The_simulator_plays_a_script
{
    private const string Script = """
        { "name": "Sixteen cattle die", "natural": false,
          "events": [ { "at": "PT10M", "do": "die", "count": 9 }, { "at": "PT20M", "do": "die", "count": 7 } ] }
        """;

    [Fact]
    public async Task Earmark_presumes_dead_those_who_died_and_nobody_else_and_one_margin_call_opens()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", "40");
        var script = Path.Combine(earmark.DataFolder, "script.json");
        var truth = Path.Combine(earmark.DataFolder, "truth.jsonl");
        await File.WriteAllTextAsync(script, Script);
        await using var simulator = Child.Earmark(
            "sim", "--mqtt", $"127.0.0.1:{earmark.MqttPort}", "--devices", earmark.DevicesFile, "--clock", earmark.Address.ToString(),
            "--key", earmark.Key("admin"), "--state", Path.Combine(earmark.DataFolder, "beside"), "--truth", truth, "--script", script,
            "--seed", "11", "--drive", "--for", "PT6H");
        var code = await simulator.WaitAsync(TimeSpan.FromMinutes(4));
        Assert.True(code == 0, simulator.Output);

        var died = File.ReadLines(truth).Select(Fact).Where(fact => fact.Fact == TruthFacts.Died).Select(fact => fact.Tag!).Order().ToList();
        Assert.Equal(16, died.Count);
        var presumed = (await Assets(earmark)).Where(asset => asset["excludedBecause"]?.GetValue<string>() == "dead-presumed")
            .Select(asset => asset["deviceId"]!.GetValue<string>()).Order().ToList();
        Assert.Equal(died, presumed);

        var calls = (await earmark.GetAsync("api/v1/margin-calls?facility=demo-ranch-loan"))["marginCalls"]!.AsArray();
        var call = Assert.Single(calls)!;
        Assert.Contains(call["reasons"]!.AsArray(), reason => reason!["reason"]!.GetValue<string>() == "dead-presumed");
    }

    private static async Task<IEnumerable<JsonNode>> Assets(EarmarkServer earmark) =>
        (await earmark.GetAsync("api/v1/sites/demo-ranch/assets?count=200"))["assets"]!.AsArray().Select(asset => asset!);

    private static TruthFact Fact(string line) =>
        TruthFile.TryRead(line, out var fact) ? fact! : throw new InvalidDataException(line);
}
