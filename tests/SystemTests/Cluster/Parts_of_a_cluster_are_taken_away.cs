using Earmark.DeviceSim.Link;
using Earmark.Storage;
using Earmark.Storage.Postgres;
using Earmark.SystemTests.Faults;
using Earmark.SystemTests.Running;
using Microsoft.Extensions.DependencyInjection;
using Outbox = Earmark.DeviceSim.Link.Outbox;

namespace Earmark.SystemTests.Cluster;

/// <summary>
/// A simulator of its own process sends into a cluster while its silos and its gateway are stopped and killed, one after the other, and
/// started again. What it knows to be acknowledged is in the journal, once; what is shown is what the journal gives when computed again.
/// </summary>
public sealed class Parts_of_a_cluster_are_taken_away
{
    private const int Speed = 240;

    [Fact]
    [Trait("Length", "Long")]
    public async Task Nothing_is_lost_and_nothing_counted_twice()
    {
        await using var server = await PostgresServer.StartAsync();
        var database = await server.NewDatabaseAsync();
        await using var cluster = await EarmarkCluster.StartAsync(database, silos: 2, gateways: 2, cattle: 200, Speed);
        var state = Path.Combine(cluster.Folder, "beside");
        await using var simulator = Child.Earmark(
            "sim", "--mqtt", $"127.0.0.1:{cluster.Gateways[0].MqttPort}", "--devices", cluster.DevicesFile, "--clock", cluster.Portal.Address.ToString(),
            "--key", cluster.Key("admin"), "--state", state, "--for", "PT8H", "--seed", "5");
        var recovery = TimeSpan.Zero;
        await Answered(state, 0);
        foreach (var part in new[] { cluster.Silos[0], cluster.Silos[1], cluster.Gateways[0] })
        {
            recovery = Longest(recovery, await AwayAsync(part, state, async () => Assert.Equal(0, await part.TerminateAsync())));
            recovery = Longest(recovery, await AwayAsync(part, state, part.KillAsync));
        }

        Assert.Equal(0, await simulator.WaitAsync(TimeSpan.FromMinutes(15)));
        var shown = new Dictionary<string, (long, string)>();
        foreach (var site in FrameComparison.Sites)
        {
            var summary = await cluster.UntilAsync($"api/v1/sites/{site}", _ => true);
            shown[site] = (summary["position"]!.GetValue<long>(), summary["stateHash"]!.GetValue<string>());
        }

        await using var services = new ServiceCollection().AddLogging()
            .AddEarmarkStorage(new StorageOptions { DataFolder = "", Postgres = new PostgresConnection(database) }).BuildServiceProvider();
        await FrameComparison.JudgeAsync(services, state, shown, "cluster: each silo and the gateway, SIGTERM and kill −9 in turn", recovery);
    }

    /// <summary>Takes the part away, waits until frames are acknowledged again (without it, if it is a silo), and starts it again.</summary>
    private static async Task<TimeSpan> AwayAsync(EarmarkCluster.Part part, string state, Func<Task> take)
    {
        var before = Acknowledged(state);
        await take();
        var gone = TimeProvider.System.GetTimestamp();
        if (part.Role == "silo")
        {
            await Answered(state, Math.Max(before, Acknowledged(state)));
        }

        await part.StartAsync();
        await Answered(state, Acknowledged(state));
        return TimeProvider.System.GetElapsedTime(gone);
    }

    private static async Task Answered(string state, long before)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (Acknowledged(state) <= before)
        {
            Assert.False(late.IsCancellationRequested, "No frame was acknowledged for five minutes.");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    private static long Acknowledged(string state) => new FileInfo(Path.Combine(state, Outbox.AcknowledgedLog)) is { Exists: true } log ? log.Length : 0;

    private static TimeSpan Longest(TimeSpan first, TimeSpan second) => first > second ? first : second;
}
