using Earmark.DeviceSim;
using Earmark.DeviceSim.Link;
using Earmark.DeviceSim.Scripts;
using Earmark.DeviceSim.Truth;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Tests.Storage;
using Xunit;

namespace Earmark.Tests.DeviceSim;

public sealed class SimulationTests : IDisposable
{
    private const string Deaths = """
        { "name": "deaths", "natural": false, "events": [ { "at": "PT3M", "do": "die", "count": 4 }, { "at": "PT20M", "do": "die", "count": 2 } ] }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly HandClock _clock = new(Demo.Start);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Driving_steps_a_round_at_a_time_and_only_after_all_frames_due_are_acknowledged()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using Simulation simulation = await OpenAsync(broker, options => options with { Drive = true, RunFor = TimeSpan.FromMinutes(9.5) });
        _clock.Stepped = _ => Assert.Equal(simulation.Counters.Made, simulation.Counters.Acknowledged);
        await simulation.RunAsync(Stop);

        Assert.Equal([60, 60, 60, 60, 60, 60, 60, 60, 60, 30], _clock.Steps);
        Assert.Equal(Demo.Start.AddMinutes(9.5), simulation.Sites.Now);
        Assert.Equal(simulation.Counters.Made, broker.Frames.Count);
        Assert.True(broker.Frames.Count > 70);
    }

    [Fact]
    public async Task Following_goes_where_the_clock_goes_and_never_steps_it()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using Simulation simulation = await OpenAsync(broker, options => options with { RunFor = TimeSpan.FromMinutes(12) });
        Task running = simulation.RunAsync(Stop);
        _clock.Now = Demo.Start.AddMinutes(4);
        await TestBroker.Until(() => simulation.Sites.Now == Demo.Start.AddMinutes(4));
        _clock.Now = Demo.Start.AddMinutes(12);
        await running;

        Assert.Empty(_clock.Steps);
        await simulation.SettledAsync(Stop);
        Assert.True(simulation.Counters.Acknowledged > 80);
    }

    [Fact]
    public async Task A_restart_goes_on_with_the_same_world_the_script_and_higher_boots_and_tells_the_truth_once()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        string truth = Path.Combine(_folder.Path, "truth.jsonl");
        SimulationOptions WithScript(SimulationOptions options) => options with { Scenario = Demo.Read(Deaths), TruthFile = truth };
        await RunAsync(broker, WithScript, Demo.Start.AddMinutes(10));
        string[] first = [.. File.ReadLines(truth)];
        int before = broker.Frames.Count;

        // Twelve minutes without a simulator, in which the script's second act falls.
        _clock.Now = Demo.Start.AddMinutes(22);
        await RunAsync(broker, WithScript, Demo.Start.AddMinutes(25));

        string[] second = [.. File.ReadLines(truth)];
        Assert.Equal(first, second[..first.Length]);
        Assert.Equal(6, second.Count(line => line.Contains("\"died\"", StringComparison.Ordinal)));
        List<EnvelopeHeader> later = [.. broker.Frames.Skip(before).Select(Header)];
        Assert.All(later, header => Assert.True(header.Time > Demo.Start.AddMinutes(21.9), "it reported what it had slept through"));
        uint boot = broker.Frames.Take(before).Max(frame => Header(frame).Boot);
        Assert.All(later, header => Assert.Equal(boot + 1, header.Boot));
    }

    [Fact]
    public async Task Frames_left_by_one_run_are_sent_by_the_next_byte_for_byte()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        broker.LetsIn = false;
        await using (Simulation unheard = await OpenAsync(broker))
        {
            await unheard.AdvanceAsync(Demo.Start.AddMinutes(6), Stop);
        }

        List<string> owed = [];
        await using (var outbox = new Outbox(_folder.Path, LinkLimits.Default))
        {
            owed.AddRange(outbox.Leftovers.Select(frame => Convert.ToHexString(frame.ReadBytes())));
        }

        broker.LetsIn = true;
        _clock.Now = Demo.Start.AddMinutes(6);
        await RunAsync(broker, options => options, Demo.Start.AddMinutes(6));
        Assert.True(owed.Count > 40);
        Assert.Equal(owed.Order(), broker.Frames.Select(frame => Convert.ToHexString(frame.Bytes)).Order());
    }

    [Fact]
    public async Task A_folder_of_another_world_is_refused_in_words()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await RunAsync(broker, options => options with { Scenario = Demo.Read(Deaths) }, Demo.Start.AddMinutes(10));

        Assert.Contains("seed 7, not 8", await ErrorAsync(broker, options => options with { Seed = 8 }), StringComparison.Ordinal);
        Scenario natural = Demo.Read("""{ "name": "n", "events": [] }""");
        Assert.Contains("\"natural\": false", await ErrorAsync(broker, options => options with { Scenario = natural }), StringComparison.Ordinal);
        Scenario wrong = Demo.Read("""{ "name": "w", "natural": false, "events": [ { "at": "PT0S", "do": "die", "pen": 77 } ] }""");
        Assert.Contains("there is no pen 77", await ErrorAsync(broker, options => options with { Scenario = wrong }), StringComparison.Ordinal);
        _clock.Now = Demo.Start;
        Assert.Contains("Earmark's clock is at", await ErrorAsync(broker, options => options), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_simulators_cannot_share_a_folder()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using Simulation one = await OpenAsync(broker);
        await Assert.ThrowsAsync<IOException>(() => OpenAsync(broker));
    }

    [Fact]
    public async Task A_script_can_be_played_while_running_and_counts_from_then()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        string truth = Path.Combine(_folder.Path, "truth.jsonl");
        await using (Simulation simulation = await OpenAsync(broker, options => options with { TruthFile = truth }))
        {
            await simulation.AdvanceAsync(Demo.Start.AddMinutes(30), Stop);
            Assert.Equal("", await simulation.PlayAsync(Demo.Read("""{ "name": "now", "events": [ { "at": "PT5M", "do": "die", "count": 3 } ] }"""), Stop));
            Assert.NotEqual("", await simulation.PlayAsync(Demo.Read("""{ "name": "no", "events": [ { "at": "PT5M", "do": "die", "pen": 30 } ] }"""), Stop));
            await simulation.AdvanceAsync(Demo.Start.AddMinutes(36), Stop);
        }

        var died = File.ReadLines(truth).Select(line => TruthFile.TryRead(line, out TruthFact? fact) ? fact : null)
            .Where(fact => fact?.Fact == TruthFacts.Died && fact.Detail == "script").ToList();
        Assert.Equal(3, died.Count);
        Assert.All(died, fact => Assert.Equal(Demo.Start.AddMinutes(35), fact!.At));
    }

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(TestBroker broker, Func<SimulationOptions, SimulationOptions> with, DateTimeOffset until)
    {
        await using Simulation simulation = await OpenAsync(broker, with);
        await simulation.OnlineAsync(Stop);
        _clock.Now = until;
        await simulation.AdvanceAsync(until, Stop);
        await simulation.SettledAsync(Stop);
    }

    private async Task<Simulation> OpenAsync(TestBroker broker, Func<SimulationOptions, SimulationOptions>? with = null)
    {
        (Simulation? simulation, string error) = await Simulation.OpenAsync((with ?? (o => o))(Options(broker)), Stop);
        Assert.True(simulation is not null, error);
        return simulation;
    }

    private async Task<string> ErrorAsync(TestBroker broker, Func<SimulationOptions, SimulationOptions> with)
    {
        (Simulation? simulation, string error) = await Simulation.OpenAsync(with(Options(broker)), Stop);
        Assert.Null(simulation);
        return error;
    }

    private SimulationOptions Options(TestBroker broker) => new()
    {
        MqttHost = "127.0.0.1", MqttPort = broker.Port, Clock = _clock, StateFolder = _folder.Path, Seed = Demo.Seed,
        Devices = Demo.Ranch(60, stations: 8, feeders: 1),
        Limits = LinkLimits.Default with { FirstBackOff = TimeSpan.FromMilliseconds(20), LongestBackOff = TimeSpan.FromMilliseconds(100) },
    };

    private static EnvelopeHeader Header((string Device, byte[] Bytes, Answer Answer) frame)
    {
        Assert.True(EnvelopeCodec.TryRead(frame.Bytes, out EnvelopeHeader header, out _));
        return header;
    }
}
