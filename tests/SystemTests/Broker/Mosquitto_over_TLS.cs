using Earmark.Gateway.Broker;
using Earmark.SystemTests.Running;
using Earmark.Tests.Gateway.Doubles;
using MQTTnet;
using MQTTnet.Protocol;

namespace Earmark.SystemTests.Broker;

/// <summary>A gateway's way to a Mosquitto that asks for a certificate and shows one of the institution's own authority.</summary>
public sealed class Mosquitto_over_TLS : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TestCertificates ours = new();
    private readonly TestCertificates others = new();

    public void Dispose()
    {
        ours.Dispose();
        others.Dispose();
    }

    [Fact]
    public async Task Lets_in_the_gateway_that_shows_its_certificate()
    {
        await using BrokerCase broker = new();
        broker.RequireTls(ours);
        await broker.StartAsync(("bs-1", "ranch-1"));
        await using var gateway = await BrokerGateway.StartAsync(Secure(broker, ours) with { Certificate = ours.Device("gateway-one") }, broker.Bank);
        using var device = await DeviceAsync(broker);
        var frame = new Device(broker.Stations["bs-1"], 0).Next(new DateTimeOffset(2031, 5, 1, 7, 0, 0, TimeSpan.Zero), "base-station", Herd.Round(1, [1], []));

        var since = TimeProvider.System.GetTimestamp();
        for (; !broker.Bank.Site("ranch-1").Answered.Any(taken => taken.Bytes.AsSpan().SequenceEqual(frame)); await Task.Delay(50))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "the frame did not come");
            await device.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("earmark/v1/base-station/bs-1/up").WithPayload(frame)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Is_not_used_by_a_gateway_that_shows_none_or_does_not_trust_it(bool distrusts)
    {
        await using BrokerCase broker = new();
        broker.RequireTls(ours);
        await broker.StartAsync(("bs-1", "ranch-1"));
        using MeterCount tried = new("earmark.gateway.broker_failures");
        await using var gateway = await BrokerGateway.StartAsync(
            Secure(broker, distrusts ? others : ours) with { Certificate = distrusts ? ours.Device("gateway-one") : null, LongestReconnect = TimeSpan.FromMilliseconds(300) }, broker.Bank);

        var since = TimeProvider.System.GetTimestamp();
        for (; tried.Sum < 3; await Task.Delay(50))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "it did not try");
        }

        Assert.DoesNotContain("as one", broker.Mosquitto.Output, StringComparison.Ordinal);
    }

    private static BrokerOptions Secure(BrokerCase broker, TestCertificates trusted) => broker.Options("one") with
    {
        Address = new Uri($"mqtts://localhost:{broker.Mosquitto.Port}"), Authorities = trusted.Authorities,
    };

    private async Task<IMqttClient> DeviceAsync(BrokerCase broker)
    {
        var station = broker.Stations["bs-1"];
        var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("localhost", broker.Mosquitto.Port)
            .WithCredentials(station.UserName, station.Password)
            .WithTlsOptions(tls => tls.UseTls().WithTrustChain(ours.Authorities).WithRevocationMode(System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck)
                .WithClientCertificates([ours.Device("bs-1")]))
            .Build());
        return client;
    }
}
