using Earmark.Contracts.Devices;
using Earmark.Storage;
using Earmark.SystemTests.Faults;
using Earmark.SystemTests.Running;
using MQTTnet;

namespace Earmark.SystemTests.Broker;

/// <summary>The whole of Earmark behind a real Mosquitto whose users and ACL <c>earmark broker-config</c> wrote.</summary>
public sealed class Earmark_behind_Mosquitto
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public Task What_Mosquitto_acknowledged_is_journaled_once_over_a_kill_of_Earmark() => SurviveAsync(1);

    [Fact]
    [Trait("Length", "Long")]
    public Task What_Mosquitto_acknowledged_is_journaled_once_over_six_kills_of_Earmark() => SurviveAsync(6);

    private static async Task SurviveAsync(int kills)
    {
        await using var mosquitto = new MosquittoServer();
        await using var earmark = await StartAsync(mosquitto);
        var stations = earmark.Stations();
        List<string> acknowledged = [];
        var (done, recovery) = (false, TimeSpan.Zero);
        var sending = Task.WhenAll(stations.Select(async station =>
        {
            await using var device = new Device(station, mosquitto.Port);
            await device.ConnectAsync();
            var now = (await File.ReadAllTextAsync(Path.Combine(mosquitto.Folder, "now"))).Trim();
            while (!Volatile.Read(ref done))
            {
                var frame = device.Next(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture), "base-station", Herd.Round((int)device.Sequence + 1, [1, 2], []));
                if ((await device.SendBytesAsync(frame)).ReasonCode == MqttClientPublishReasonCode.Success)
                {
                    lock (acknowledged)
                    {
                        acknowledged.Add(RanchJournal.Line(frame));
                    }
                }

                await Task.Delay(5);
            }
        }));
        for (var kill = 1; kill <= kills; kill++)
        {
            await Task.Delay(700);
            await earmark.KillAsync();
            var killed = TimeProvider.System.GetTimestamp();
            await earmark.StartAgainAsync();
            await UntilConnected(earmark);
            var ready = TimeProvider.System.GetElapsedTime(killed);
            recovery = ready > recovery ? ready : recovery;
        }

        Volatile.Write(ref done, true);
        await sending;
        Assert.True(acknowledged.Count > 50, $"only {acknowledged.Count} frames were sent");
        List<string> journaled = [];
        var since = TimeProvider.System.GetTimestamp();
        while (journaled.Count < acknowledged.Count && TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            await Task.Delay(200);
            journaled = await RanchJournal.LinesAsync(new StorageOptions { DataFolder = earmark.DataFolder });
        }

        await UntilAsync(() => Directory.GetFiles(Path.Combine(earmark.DataFolder, "outbox")).Length == 0, "the outbox to be empty");
        new FaultLine(
            $"kill −9 of the whole process × {kills}, behind Mosquitto", acknowledged.Count, acknowledged.Count, journaled.Count, journaled.Count,
            acknowledged.Except(journaled).Count(), journaled.Count - journaled.Distinct().Count(), recovery).KeepAndJudge();
    }

    /// <summary>Earmark first, since its register is what the broker's files are made from; it finds the broker when that is there.</summary>
    private static async Task<EarmarkServer> StartAsync(MosquittoServer mosquitto)
    {
        await File.WriteAllTextAsync(mosquitto.GatewaySecret, DevicePassword.Make());
        var earmark = await EarmarkServer.StartAsync(
            "--clock", "stepped", "--no-sim", "--cattle", "20", "--broker", $"mqtt://127.0.0.1:{mosquitto.Port}",
            "--broker-user", "earmark-gateway", "--broker-secret", mosquitto.GatewaySecret);
        var (code, output) = await Command.RunAsync("broker-config", "--data", earmark.DataFolder, "--out", mosquitto.Folder);
        Assert.True(code == 0, output);
        await File.WriteAllTextAsync(Path.Combine(mosquitto.Folder, "now"), (await earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<string>());
        await mosquitto.StartAsync();
        await UntilConnected(earmark);
        return earmark;
    }

    private static Task UntilConnected(EarmarkServer earmark) =>
        UntilAsync(() => earmark.Output.Contains("Connected to the broker", StringComparison.Ordinal), "the broker to be connected");

    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"waited in vain for {what}");
            await Task.Delay(50);
        }
    }
}
