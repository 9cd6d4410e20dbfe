using System.Text.Json.Nodes;
using Earmark.DeviceSim.Link;
using Earmark.Storage;
using Earmark.SystemTests.Running;
using Microsoft.Extensions.DependencyInjection;
using Outbox = Earmark.DeviceSim.Link.Outbox;

namespace Earmark.SystemTests.Faults;

/// <summary>
/// A whole Earmark with a simulator in a process of its own, which drives the stepped clock and sends, while faults are done to them. At the end what
/// the simulator knows to be acknowledged is compared with the journal, and what is shown with what the journal gives when computed again.
/// </summary>
internal sealed class FaultRun : IAsyncDisposable
{
    private static readonly TimeSpan SimulatorLimit = TimeSpan.FromMinutes(10);
    private readonly Child simulator;

    private FaultRun(EarmarkServer earmark, Child simulator) => (Earmark, this.simulator) = (earmark, simulator);

    public EarmarkServer Earmark { get; }

    /// <summary>Longest time from the end of a fault until frames were acknowledged again.</summary>
    public TimeSpan Recovery { get; private set; }

    private string State => Path.Combine(Earmark.DataFolder, "beside");

    /// <param name="simulated">How much simulated time is driven, as an ISO 8601 duration.</param>
    /// <param name="mqttPort">Where the simulator connects; null for the server itself.</param>
    public static FaultRun Start(EarmarkServer earmark, string simulated, int seed, int? mqttPort = null)
    {
        var state = Path.Combine(earmark.DataFolder, "beside");
        var simulator = Child.Earmark(
            "sim", "--mqtt", $"127.0.0.1:{mqttPort ?? earmark.MqttPort}", "--devices", earmark.DevicesFile, "--clock", earmark.Address.ToString(),
            "--key", earmark.Key("admin"), "--state", state, "--drive", "--for", simulated, "--seed", $"{seed}");
        return new FaultRun(earmark, simulator);
    }

    public static Task<EarmarkServer> ServerAsync(params string[] options) =>
        EarmarkServer.StartAsync(["--clock", "stepped", "--no-sim", "--cattle", "400", .. options]);

    /// <summary>Size of the log of acknowledgements: it grows while frames are acknowledged.</summary>
    public long AcknowledgedBytes => new FileInfo(Path.Combine(State, Outbox.AcknowledgedLog)) is { Exists: true } log ? log.Length : 0;

    /// <summary>Does the fault, and measures from its end until Earmark says it is ready and acknowledges frames again.</summary>
    public async Task DoAsync(Func<Task> fault)
    {
        Assert.False(simulator.HasExited, $"The simulator ended before the fault: {simulator.Output}");
        await fault();
        var over = TimeProvider.System.GetTimestamp();
        var before = AcknowledgedBytes;
        await Earmark.ReadyAsync();
        while (AcknowledgedBytes == before && !simulator.HasExited)
        {
            await Task.Delay(20);
        }

        var ready = TimeProvider.System.GetElapsedTime(over);
        Recovery = ready > Recovery ? ready : Recovery;
    }

    /// <summary>Lets the simulator end, kills Earmark, compares, leaves the row of the fault.</summary>
    public async Task FinishAsync(string fault)
    {
        Assert.Equal(0, await simulator.WaitAsync(SimulatorLimit));
        var shown = await ShownAsync();
        await Earmark.KillAsync();
        await using var services = new ServiceCollection().AddLogging()
            .AddEarmarkStorage(new StorageOptions { DataFolder = Earmark.DataFolder }).BuildServiceProvider();
        await FrameComparison.JudgeAsync(services, State, shown, fault, Recovery);
    }

    public async ValueTask DisposeAsync()
    {
        await simulator.DisposeAsync();
        await Earmark.DisposeAsync();
    }

    private async Task<Dictionary<string, (long Position, string StateHash)>> ShownAsync()
    {
        var shown = new Dictionary<string, (long, string)>();
        foreach (var site in FrameComparison.Sites)
        {
            JsonNode summary = await Earmark.GetAsync($"api/v1/sites/{site}");
            shown[site] = (summary["position"]!.GetValue<long>(), summary["stateHash"]!.GetValue<string>());
        }

        return shown;
    }
}
