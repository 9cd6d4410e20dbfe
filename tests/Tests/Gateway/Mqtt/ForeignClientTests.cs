using System.Text;
using Earmark.Gateway;
using Earmark.Tests.Gateway.Doubles;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using Xunit;

namespace Earmark.Tests.Gateway.Mqtt;

/// <summary>With a client nobody here wrote.</summary>
public sealed class ForeignClientTests
{
    [Theory]
    [InlineData(MqttProtocolVersion.V311)]
    [InlineData(MqttProtocolVersion.V500)]
    public async Task A_library_client_connects_publishes_and_is_told(MqttProtocolVersion version)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = new MqttClientFactory().CreateMqttClient();
        var now = TestContext.Current.CancellationToken;
        var welcome = await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", gateway.Port)
            .WithProtocolVersion(version)
            .WithCredentials(device.Id, TestDevice.Password)
            .WithWillTopic(device.Status).WithWillPayload("offline")
            .Build(), now);
        Assert.True(version == MqttProtocolVersion.V311 || welcome.ReceiveMaximum == new GatewayLimits().FramesPerConnection);

        var good = await client.PublishAsync(Message(device.Up, device.Frame(), MqttQualityOfServiceLevel.AtLeastOnce), now);
        var twice = await client.PublishAsync(Message(device.Up, device.Frame(), MqttQualityOfServiceLevel.ExactlyOnce), now);
        var bad = await client.PublishAsync(Message(device.Up, Encoding.ASCII.GetBytes("hello"), MqttQualityOfServiceLevel.AtLeastOnce), now);
        var after = await client.PublishAsync(Message(device.Up, device.Frame(), MqttQualityOfServiceLevel.AtLeastOnce), now);

        Assert.Equal([true, true, true], new[] { good, twice, after }.Select(answer => answer.IsSuccess));
        Assert.Equal(version == MqttProtocolVersion.V311, bad.IsSuccess);
        Assert.Equal(version == MqttProtocolVersion.V311 ? null : "truncated", bad.ReasonString);
        Assert.Equal(3, gateway.Site.Frames.Count());
        await gateway.RefusalAsync("truncated");
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), now);
    }

    private static MqttApplicationMessage Message(string topic, byte[] payload, MqttQualityOfServiceLevel level) =>
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(payload).WithQualityOfServiceLevel(level).Build();
}
