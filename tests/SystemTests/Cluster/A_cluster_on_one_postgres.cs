using System.Text.Json.Nodes;
using Earmark.SystemTests.Running;
using MQTTnet;

namespace Earmark.SystemTests.Cluster;

/// <summary>
/// Two silos, two gateways and a portal as processes of their own: what a bank would run, on one machine. They run with a role that
/// owns nothing; the owner has migrated before.
/// </summary>
public sealed class A_cluster_on_one_postgres(SharedPostgres shared)
{
    private const int Cattle = 40;
    private const string Facility = "api/v1/facilities/demo-ranch-loan";
    private const string Ranch = "api/v1/sites/demo-ranch";

    [Fact]
    public async Task A_frame_at_one_gateway_moves_the_ltv_at_the_portal_and_goes_on_when_a_silo_is_drained_and_another_killed()
    {
        var limited = await LimitedRole.MakeAsync(await shared.NewDatabaseAsync());
        await using var cluster = await EarmarkCluster.StartAsync(limited, silos: 2, gateways: 2, Cattle);
        var before = await cluster.UntilAsync(Facility, facility => Text(facility, "state") == "current");
        Assert.NotNull(before["ltv"]);

        // The herd's dead are reported at the second gateway; the demo was seeded through the first.
        await using var station = new Device(cluster.Device("bs-01"), cluster.Gateways[1].MqttPort);
        await SendAsync(station, round: 1, dead: 0);
        await SendAsync(station, round: 2, dead: 10);
        var after = await cluster.UntilAsync(Facility, facility => Value(facility) < 0.9m * Value(before));
        Assert.True(after["ltv"]!.GetValue<decimal>() > before["ltv"]!.GetValue<decimal>());

        Assert.Equal(0, await cluster.Silos[0].TerminateAsync());
        await SendAsync(station, round: 3, dead: 20);
        await cluster.UntilAsync(Facility, facility => Value(facility) < 0.9m * Value(after));

        await cluster.Silos[0].StartAsync();
        await cluster.Silos[1].KillAsync();
        var position = (await cluster.UntilAsync(Ranch, _ => true))["position"]!.GetValue<long>();
        await SendAsync(station, round: 4, dead: 20);
        await cluster.UntilAsync(Ranch, ranch => ranch["position"]!.GetValue<long>() > position);
        await cluster.UntilAsync(Facility, facility => Text(facility, "state") == "current");
        await LimitedRole.MayNotChangeWhatStandsAsync(limited);
    }

    /// <summary>A station sends again what was not acknowledged, with the same identity, as its firmware does.</summary>
    private static async Task SendAsync(Device station, int round, int dead)
    {
        var frame = station.Next(TimeProvider.System.GetUtcNow(), "base-station", Herd.Round(round, Enumerable.Range(dead + 1, Cattle - dead), Enumerable.Range(1, dead)));
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(180));
        while (!await AcknowledgedAsync(station, frame))
        {
            Assert.False(late.IsCancellationRequested, $"Round {round} was never acknowledged.");
            await Task.Delay(500, CancellationToken.None);
        }
    }

    private static async Task<bool> AcknowledgedAsync(Device station, byte[] frame)
    {
        try
        {
            if (!station.IsConnected)
            {
                var let = await station.ConnectAsync();
                if (let.ResultCode != MqttClientConnectResultCode.Success)
                {
                    return false;
                }
            }

            return (await station.SendBytesAsync(frame)).ReasonCode == MqttClientPublishReasonCode.Success;
        }
        catch (Exception cut) when (cut is MQTTnet.Exceptions.MqttCommunicationException or OperationCanceledException)
        {
            return false;
        }
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static decimal Value(JsonNode facility) => facility["eligibleValue"]!.GetValue<decimal>();
}
