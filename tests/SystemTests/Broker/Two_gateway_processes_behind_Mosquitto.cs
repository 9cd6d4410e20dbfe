using Earmark.Contracts.Devices;
using Earmark.Storage;
using Earmark.Storage.Postgres;
using Earmark.SystemTests.Faults;
using Earmark.SystemTests.Running;
using MQTTnet;

namespace Earmark.SystemTests.Broker;

/// <summary>A silo, two gateways and a portal around one PostgreSQL, with the devices on a real Mosquitto.</summary>
public sealed class Two_gateway_processes_behind_Mosquitto(SharedPostgres shared)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    [Fact]
    [Trait("Length", "Long")]
    public async Task Lose_nothing_when_one_is_killed_and_the_other_stopped()
    {
        var database = await shared.NewDatabaseAsync();
        await using var mosquitto = new MosquittoServer();
        await File.WriteAllTextAsync(mosquitto.GatewaySecret, DevicePassword.Make());
        await using var cluster = await EarmarkCluster.StartAsync(
            database, silos: 1, gateways: 2, cattle: 20, speed: null,
            "--broker", $"mqtt://127.0.0.1:{mosquitto.Port}", "--broker-user", "earmark-gateway", "--broker-secret", mosquitto.GatewaySecret);
        var (code, output) = await Command.RunAsync("broker-config", "--postgres-file", cluster.PostgresFile, "--out", mosquitto.Folder);
        Assert.True(code == 0, output);
        await mosquitto.StartAsync();
        await Task.WhenAll(cluster.Gateways.Select(ConnectedAsync));

        List<string> acknowledged = [];
        var done = false;
        await using var device = new Device(cluster.Device("bs-01"), mosquitto.Port);
        await device.ConnectAsync();
        var sending = Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                var frame = device.Next(TimeProvider.System.GetUtcNow(), "base-station", Herd.Round((int)device.Sequence + 1, [1, 2], []));
                if ((await device.SendBytesAsync(frame)).ReasonCode == MqttClientPublishReasonCode.Success)
                {
                    acknowledged.Add(RanchJournal.Line(frame));
                }

                await Task.Delay(3);
            }
        });
        await Task.Delay(1_000);
        await cluster.Gateways[0].KillAsync();
        var killed = TimeProvider.System.GetTimestamp();
        await Task.Delay(500);
        Assert.Equal(0, await cluster.Gateways[1].TerminateAsync());
        await Task.WhenAll(cluster.Gateways.Select(gateway => gateway.StartAsync()));
        await Task.WhenAll(cluster.Gateways.Select(ConnectedAsync));
        var recovery = TimeProvider.System.GetElapsedTime(killed);
        await Task.Delay(500);
        Volatile.Write(ref done, true);
        await sending;

        List<string> journaled = [];
        var since = TimeProvider.System.GetTimestamp();
        while (journaled.Count < acknowledged.Count && TimeProvider.System.GetElapsedTime(since) < Patience)
        {
            await Task.Delay(200);
            journaled = await RanchJournal.LinesAsync(new StorageOptions { DataFolder = "", Postgres = new PostgresConnection(database) });
        }

        Assert.True(acknowledged.Count > 100, $"only {acknowledged.Count} frames were sent");
        new FaultLine(
            "a gateway killed −9 and the other stopped, both behind Mosquitto", acknowledged.Count, acknowledged.Count, journaled.Count, journaled.Count,
            acknowledged.Except(journaled).Count(), journaled.Count - journaled.Distinct().Count(), recovery).KeepAndJudge();
    }

    private static async Task ConnectedAsync(EarmarkCluster.Part gateway)
    {
        var since = TimeProvider.System.GetTimestamp();
        for (; !gateway.Output.Contains("Connected to the broker", StringComparison.Ordinal); await Task.Delay(50))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"it did not connect to the broker:\n{gateway.Output}");
        }
    }
}
