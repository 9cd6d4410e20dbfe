using System.Text.Json;
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
        var sender = new Sender(state, cluster.DevicesFile);
        await sender.AnsweredAsync(0);
        foreach (var part in new[] { cluster.Silos[0], cluster.Silos[1], cluster.Gateways[0] })
        {
            recovery = Longest(recovery, await AwayAsync(part, sender, async () => Assert.Equal(0, await part.TerminateAsync())));
            recovery = Longest(recovery, await AwayAsync(part, sender, part.KillAsync));
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

    /// <summary>
    /// Takes the part away, waits until frames of every site are acknowledged again (without it, if it is a silo; else with it started
    /// again) and answers how long that took; then it is there again.
    /// </summary>
    private static async Task<TimeSpan> AwayAsync(EarmarkCluster.Part part, Sender sender, Func<Task> take)
    {
        await take();
        var (gone, before) = (TimeProvider.System.GetTimestamp(), sender.Acknowledged);
        if (part.Role == "silo")
        {
            await sender.AnsweredAsync(before);
            var without = TimeProvider.System.GetElapsedTime(gone);
            await part.StartAsync();
            return without;
        }

        await part.StartAsync();
        await sender.AnsweredAsync(before);
        return TimeProvider.System.GetElapsedTime(gone);
    }

    private static TimeSpan Longest(TimeSpan first, TimeSpan second) => first > second ? first : second;

    /// <summary>What the simulator has noted of its acknowledged frames.</summary>
    private sealed class Sender(string state, string devicesFile)
    {
        private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

        private readonly Dictionary<string, string> siteOf = JsonSerializer
            .Deserialize<DeviceCredentials[]>(File.ReadAllText(devicesFile), JsonSerializerOptions.Web)!.ToDictionary(device => device.DeviceId, device => device.Site);

        public int Acknowledged => Lines().Count;

        /// <summary>Until more than so many lines are noted, among the further ones some of every site.</summary>
        public async Task AnsweredAsync(int before)
        {
            using var late = new CancellationTokenSource(Limit);
            while (Lines().Skip(before).Select(line => siteOf[line.Split(' ')[0]]).Distinct().Count() < FrameComparison.Sites.Length)
            {
                Assert.False(late.IsCancellationRequested, "Not every site acknowledged a frame for five minutes.");
                await Task.Delay(100, CancellationToken.None);
            }
        }

        private List<string> Lines() =>
            File.Exists(Path.Combine(state, Outbox.AcknowledgedLog)) ? [.. SyncedLog.ReadLines(Path.Combine(state, Outbox.AcknowledgedLog))] : [];
    }
}
