using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Earmark.SystemTests.Running;
using MQTTnet;

namespace Earmark.SystemTests.Stories;

/// <summary>Starting, stopping and being in the way: what somebody meets who runs Earmark on a machine of their own.</summary>
public sealed class It_starts_again
{
    private const int Cattle = 60;
    private const string Facility = "api/v1/facilities/demo-ranch-loan";
    private static uint rounds;
    private static readonly TimeSpan SecondStart = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task After_Ctrl_C_where_it_was_within_fifteen_seconds()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", $"{Cattle}");
        await HearAllBut(0, earmark);
        await earmark.StepAsync(TimeSpan.FromMinutes(1));
        var before = await earmark.GetAsync(Facility);

        Assert.Equal(0, await earmark.InterruptAsync());
        Assert.Contains("Stopped.", earmark.Output, StringComparison.Ordinal);
        var start = Stopwatch.StartNew();
        await earmark.StartAgainAsync();
        Assert.InRange(start.Elapsed, TimeSpan.Zero, SecondStart);
        await earmark.StepAsync(TimeSpan.FromSeconds(1));
        var after = await earmark.GetAsync(Facility);
        Assert.Equal("current", after["state"]!.GetValue<string>());
        Assert.Equal(before["eligibleValue"]!.GetValue<decimal>(), after["eligibleValue"]!.GetValue<decimal>());
        Assert.Equal(before["debt"]!.GetValue<decimal>(), after["debt"]!.GetValue<decimal>());
    }

    [Fact]
    public async Task Its_own_downtime_makes_no_animal_missing_though_silence_under_its_ears_does()
    {
        const int Unheard = 5;
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", $"{Cattle}");
        await HearAllBut(0, earmark);
        Assert.Equal(0, await earmark.InterruptAsync());
        Forward(earmark.DataFolder, TimeSpan.FromHours(80));
        await earmark.StartAgainAsync();
        await earmark.StepAsync(TimeSpan.FromMinutes(5));
        await HearAllBut(Unheard, earmark);
        await earmark.StepAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(0, await Missing(earmark));

        for (var hour = 0; hour < 30 && await Missing(earmark) == 0; hour++)
        {
            for (var quarter = 0; quarter < 4; quarter++)
            {
                await earmark.StepAsync(TimeSpan.FromMinutes(15));
                await HearAllBut(Unheard, earmark);
            }
        }

        Assert.InRange(await Missing(earmark), 1, Unheard);
    }

    [Fact]
    public async Task A_folder_in_use_and_a_port_in_use_are_refused_with_what_to_do()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", "5");
        var (code, said) = await Command.RunAsync("run", "--data", earmark.DataFolder, "--port", $"{earmark.Port}");
        Assert.Equal(2, code);
        Assert.Contains($"Another Earmark runs on {earmark.DataFolder}. Stop it, or give another --data.", said, StringComparison.Ordinal);

        var elsewhere = Directory.CreateTempSubdirectory("earmark-system-").FullName;
        (code, said) = await Command.RunAsync("run", "--data", elsewhere, "--port", $"{earmark.Port}");
        Assert.Equal(2, code);
        Assert.Contains($"Port {earmark.Port} on 127.0.0.1 is taken. Give another --port.", said, StringComparison.Ordinal);
        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public async Task A_real_device_is_refused_while_time_is_stepped()
    {
        await using var earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", "5");
        var (code, said) = await Command.RunAsync(
            "device", "add", "--kind", "base-station", "--site", "demo-ranch", "--id", "bs-real", "--zone", "pen-1",
            "--url", earmark.Address.ToString(), "--data", earmark.DataFolder);
        Assert.Equal(1, code);
        Assert.Contains("[clock-not-real]", said, StringComparison.Ordinal);
        using var client = earmark.Client("admin");
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("api/v1/devices/bs-real")).StatusCode);
    }

    [Fact]
    public async Task A_frame_made_on_the_command_line_is_read_there()
    {
        var key = new string('7', 64);
        const string Line = """{"ok":true,"protocol":"native","message":"base-station","fields":{"deviceId":"bs-1","boot":2,"sequence":9,"time":"2026-01-01T00:00:00.123Z",""";
        var (code, hex) = await Command.RunAsync("encode", Line + Herd.Round(4, [1, 2], [3]).TrimStart('{') + "}", "--key", key, "--key-id", "5");
        Assert.True(code == 0, hex);
        (code, var read) = await Command.RunAsync("decode", "--hex", hex.Trim(), "--key", key);
        Assert.True(code == 0, read);
        var fields = JsonNode.Parse(read)!["fields"]!;
        Assert.Equal(("verified", 5, 3), (fields["mac"]!.GetValue<string>(), fields["keyId"]!.GetValue<int>(), fields["observations"]!.AsArray().Count));
        (code, var again) = await Command.RunAsync("encode", read.Trim(), "--key", key, "--key-id", "5");
        Assert.Equal((0, hex), (code, again));

        (code, read) = await Command.RunAsync("decode", "--hex", hex.Trim());
        Assert.Equal((0, "unchecked"), (code, JsonNode.Parse(read)!["fields"]!["mac"]!.GetValue<string>()));
        (code, read) = await Command.RunAsync("decode", "--hex", hex.Trim(), "--key", new string('8', 64));
        Assert.Equal((1, "bad-mac"), (code, JsonNode.Parse(read)!["reason"]!.GetValue<string>()));
        (code, read) = await Command.RunAsync("decode", "--hex", hex.Trim()[..40]);
        Assert.Equal((1, "truncated"), (code, JsonNode.Parse(read)!["reason"]!.GetValue<string>()));
    }

    private static async Task HearAllBut(int unheard, EarmarkServer earmark)
    {
        await using var station = new Device(earmark.Device("bs-01"), earmark.MqttPort) { Sequence = Interlocked.Increment(ref rounds) };
        await station.ConnectAsync();
        var heard = await station.SendAsync(await Now(earmark), "base-station", Herd.Round(1, Enumerable.Range(unheard + 1, Cattle - unheard), []));
        Assert.Equal(MqttClientPublishReasonCode.Success, heard.ReasonCode);
    }

    private static async Task<int> Missing(EarmarkServer earmark) =>
        (await earmark.GetAsync("api/v1/sites/demo-ranch"))["counts"]!["missing"]?.GetValue<int>() ?? 0;

    /// <summary>The clock of a stepped folder stands still while nobody runs it; here time passes all the same.</summary>
    private static void Forward(string folder, TimeSpan by)
    {
        var path = Path.Combine(folder, "clock.json");
        var clock = JsonNode.Parse(File.ReadAllText(path))!;
        clock["now"] = clock["now"]!.GetValue<DateTimeOffset>() + by;
        File.WriteAllText(path, clock.ToJsonString());
    }

    private static async Task<DateTimeOffset> Now(EarmarkServer earmark) =>
        (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
}
