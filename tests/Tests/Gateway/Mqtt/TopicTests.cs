using Earmark.Tests.Gateway.Doubles;
using Xunit;

namespace Earmark.Tests.Gateway.Mqtt;

public sealed class TopicTests
{
    [Theory]
    [InlineData("earmark/v1/base-station/bs-02/up", "another-devices-topic")]
    [InlineData("earmark/v1/gps-node/bs-01/up", "another-devices-topic")]
    [InlineData("earmark/v1/base-station/bs-02/status", "another-devices-topic")]
    [InlineData("earmark/v1/base-station/bs-01/down", "not-authorized-topic")]
    [InlineData("earmark/v1/base-station/bs-01/up/more", "not-authorized-topic")]
    [InlineData("earmark/v2/base-station/bs-01/up", "not-authorized-topic")]
    [InlineData("$SYS/broker", "not-authorized-topic")]
    public async Task A_topic_that_is_not_the_devices_own_is_refused_with_a_reason(string topic, string reason)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        gateway.Add(new TestDevice("bs-02"));
        using var five = await RawMqtt.LoginAsync(gateway, device, level: 5, clientId: "five");
        using var three = await RawMqtt.LoginAsync(gateway, device, level: 4, clientId: "three");

        await five.PublishAsync(topic, device.Frame());
        await three.PublishAsync(topic, device.Frame());

        Assert.Equal((1, 0x87), await five.PubAckAsync());
        Assert.Equal((1, 0), await three.PubAckAsync());
        Assert.Equal(device.Id, (await gateway.RefusalAsync(reason)).DeviceId);
        Assert.Empty(gateway.Site.Frames);
        await five.PublishAsync(device.Up, device.Frame(), 2);
        Assert.Equal((2, 0), await five.PubAckAsync());
    }

    [Theory]
    [InlineData("earmark/v1/base-station/bs-01/down", 1)]
    [InlineData("earmark/v1/base-station/bs-02/down", 0x80)]
    [InlineData("earmark/v1/base-station/bs-01/up", 0x80)]
    [InlineData("earmark/v1/base-station/+/down", 0x80)]
    [InlineData("#", 0x80)]
    [InlineData("$share/all/earmark/v1/base-station/bs-01/down", 0x80)]
    public async Task A_device_subscribes_to_its_own_down_link_only(string filter, byte code)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);

        Assert.Equal(code, await client.SubscribeAsync(filter));
        await client.PingAsync();
    }

    [Fact]
    public async Task Nothing_published_reaches_a_subscriber_or_is_retained()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var subscriber = await RawMqtt.LoginAsync(gateway, device, clientId: "one");
        Assert.Equal(1, await subscriber.SubscribeAsync(device.Down));
        using var publisher = await RawMqtt.LoginAsync(gateway, device, clientId: "two");

        // QoS 1 with the retain bit.
        await publisher.SendAsync(RawMqtt.Packet(0x33, [.. RawMqtt.Text(device.Down), 0, 1, 1, 2, 3]));
        Assert.Equal((1, 0), await publisher.PubAckAsync());

        Assert.True(await subscriber.IsQuietAsync());
        using var late = await RawMqtt.LoginAsync(gateway, device, clientId: "three");
        Assert.Equal(1, await late.SubscribeAsync(device.Down));
        Assert.True(await late.IsQuietAsync());
    }
}
