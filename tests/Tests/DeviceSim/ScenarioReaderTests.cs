using System.Text;
using Earmark.DeviceSim.Scripts;
using Earmark.FirmwareProtocols;
using Xunit;

namespace Earmark.Tests.DeviceSim;

public sealed class ScenarioReaderTests
{
    [Fact]
    public void A_script_reads_with_durations_instants_comments_and_trailing_commas()
    {
        Scenario scenario = Demo.Read("""
            {
              // what people write by hand
              "name": "x", "seed": 5, "natural": false,
              "events": [
                { "at": "PT1H30M", "do": "die", "count": 30, "pen": 2 },
                { "at": "2026-11-22T16:00:00+08:00", "do": "stop-truck", "device": "gps-1", "duration": "PT2H" },
              ],
            }
            """);

        Assert.Equal(("x", 5UL, false), (scenario.Name, scenario.Seed!.Value, scenario.Natural));
        Assert.Equal(new ScenarioAct("die") { After = TimeSpan.FromMinutes(90), Count = 30, Pen = 2, Line = 5 }, scenario.Acts[0] with { Tags = [] }, Same);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero), scenario.Acts[1].At);
        Assert.Equal(6, scenario.Acts[1].Line);
    }

    [Theory]
    [InlineData("""{ "name": "x", "events": [""", "line 1: this is not JSON")]
    [InlineData("[]", "expected an object")]
    [InlineData("{ \"name\": \"x\" }", "events: missing")]
    [InlineData("{ \"events\": [] }", "name: missing")]
    [InlineData("{ \"name\": \"x\", \"events\": [], \"speed\": 2 }", "speed: is not a field; fields are name")]
    [InlineData("{ \"name\": \"x\", \"seed\": -1, \"events\": [] }", "line 1, seed: must be a whole number")]
    [InlineData("{ \"name\": \"x\", \"events\": [] } rest", "this is not JSON")]
    [InlineData("{ \"name\": \"x\", \"events\": [ 3 ] }", "events[0]: must be an object")]
    [InlineData("{ \"name\": \"x\", \"events\": [\n { \"at\": \"PT0S\", \"do\": \"die\" },\n { \"at\": \"1 hour\", \"do\": \"die\" } ] }", "line 3, events[1].at: must be a duration")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"at\": \"2026-11-22T08:00:00\", \"do\": \"die\" } ] }", "events[0].at: must be")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"do\": \"die\" } ] }", "events[0].at: missing")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"at\": \"PT0S\" } ] }", "events[0].do: missing")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"at\": \"PT0S\", \"do\": \"dance\" } ] }", "events[0].do: 'dance' is not an act; acts are birth")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"at\": \"PT0S\", \"do\": \"die\",\n \"count\": 0 } ] }", "line 2, events[0].count: must be a whole number from 1")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"at\": \"PT0S\", \"do\": \"die\", \"count\": 1, \"count\": 2 } ] }", "events[0].count: is there twice")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"at\": \"PT0S\", \"do\": \"die\", \"cuont\": 1 } ] }", "events[0].cuont: is not a field; fields are")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"at\": \"PT0S\", \"do\": \"die\", \"km\": 1 } ] }", "events[0].km: die does not take it; it takes count")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"at\": \"PT0S\", \"do\": \"cut-uplink\", \"site\": \"r\" } ] }", "events[0].duration: missing, cut-uplink needs it")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"at\": \"PT0S\", \"do\": \"die\", \"tags\": [ \"12\" ] } ] }", "events[0].tags: must be an array of 15-digit")]
    [InlineData("{ \"name\": \"x\", \"events\": [ { \"at\": \"PT0S\", \"do\": \"buffer\", \"duration\": \"PT0S\", \"device\": \"a\" } ] }", "events[0].duration: must be a duration")]
    public void A_wrong_script_is_refused_with_line_and_field(string json, string expected)
    {
        Assert.False(ScenarioReader.TryRead(Encoding.UTF8.GetBytes(json), out Scenario? scenario, out string error));
        Assert.Null(scenario);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "at": "PT0S", "do": "die", "pen": 9 }""", "line 1, pen: there is no pen 9")]
    [InlineData("""{ "at": "PT0S", "do": "die", "site": "nowhere" }""", "site: 'nowhere' is not a ranch")]
    [InlineData("""{ "at": "PT0S", "do": "die", "tags": ["999000000999999"] }""", "tags: no animal wears 999000000999999")]
    [InlineData("""{ "at": "PT0S", "do": "birth", "tag": "999000000000001" }""", "tag: an animal wears 999000000000001 already")]
    [InlineData("""{ "at": "PT0S", "do": "stop-truck", "device": "bs-1", "duration": "PT1H" }""", "device: no truck has the node 'bs-1'")]
    [InlineData("""{ "at": "PT0S", "do": "scale-drift", "device": "gps-1", "percent": 1 }""", "device: 'gps-1' is not a scale")]
    [InlineData("""{ "at": "PT0S", "do": "cut-uplink", "device": "bs-99", "duration": "PT1H" }""", "names no device that connects")]
    [InlineData("""{ "at": "PT0S", "do": "weigh", "site": "ranch-1", "lot": "lot-001" }""", "site: 'ranch-1' is not a warehouse")]
    public void A_script_that_names_what_does_not_exist_does_not_start(string act, string expected)
    {
        using var sites = Demo.Sites(Demo.Everything(20), new RecordingSink());
        Assert.Contains(expected, sites.Check(Demo.Read($"{{ \"name\": \"x\", \"events\": [ {act} ] }}")), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_bundled_scenario_reads_and_fits_the_demo_and_every_act_is_in_one_of_them_or_tested()
    {
        Assert.NotEmpty(BundledScenarios.Names);
        foreach (string name in BundledScenarios.Names)
        {
            Assert.True(BundledScenarios.TryRead(name, out Scenario? scenario, out string error), $"{name}: {error}");
            using var sites = Demo.Sites(DemoDevices(), new RecordingSink());
            Assert.Null(sites.Check(scenario));
            sites.Play(scenario.Acts, Demo.Start);
            sites.AdvanceTo(Demo.Start.AddHours(5));
        }
    }

    [Fact]
    public void An_act_kept_in_the_folder_reads_back_as_it_was()
    {
        Scenario script = Demo.Read("""
            { "name": "all fields", "events": [
              { "at": "PT1S", "do": "steal", "site": "ranch-1", "pen": 2, "count": 4, "cutTags": true },
              { "at": "PT2S", "do": "illness", "tags": ["999000000000001"], "duration": "P2DT1H", "severity": 0.25 },
              { "at": "PT3S", "do": "birth", "tag": "999000000000099" },
              { "at": "PT4S", "do": "shift-clock", "device": "bs-1", "duration": "PT9M", "backwards": true },
              { "at": "PT5S", "do": "divert-truck", "device": "gps-1", "km": 12.5 },
              { "at": "PT6S", "do": "outbound", "lot": "lot-001", "kg": 5000.5, "reference": "PO-7" },
              { "at": "PT7S", "do": "outbound-unbooked", "lot": "lot-001", "kg": 5000, "weighed": false },
              { "at": "PT8S", "do": "scale-drift", "device": "scale-1", "percent": -1.5 } ] }
            """);
        string kept = "{ \"name\": \"kept\", \"events\": [" + string.Join(",\n", script.Acts.Select(act => ActWriter.Line(act, Demo.Start))) + "] }";

        Scenario again = Demo.Read(kept);
        Assert.Equal(script.Acts.Count, again.Acts.Count);
        foreach ((ScenarioAct was, ScenarioAct isNow) in script.Acts.Zip(again.Acts))
        {
            Assert.Equal(was.Tags, isNow.Tags);
            Assert.Equal(was with { After = null, At = was.When(Demo.Start), Line = 0, Tags = [] }, isNow with { Line = 0, Tags = [] }, Same);
        }
    }

    /// <summary>Records compare their lists by reference.</summary>
    private static bool Same(ScenarioAct a, ScenarioAct b) => a with { Tags = Array.Empty<string>() } == b with { Tags = Array.Empty<string>() };

    private static List<Earmark.DeviceSim.Hardware.SimulatedDevice> DemoDevices() =>
    [
        .. Enumerable.Range(1, 8).Select(i => Demo.Device($"bs-{i:00}", DeviceKind.BaseStation, "demo-ranch")),
        .. Enumerable.Range(1, 200).Select(i => Demo.Device($"156{i:000000000000}", DeviceKind.EarTag, "demo-ranch")),
        .. Enumerable.Range(1, 3).Select(i => Demo.Device($"scale-{i:00}", DeviceKind.WarehouseScale, "demo-warehouse")),
        .. Enumerable.Range(1, 12).Select(i => Demo.Device($"gps-{i:00}", DeviceKind.GpsNode, "demo-fleet")),
    ];
}
