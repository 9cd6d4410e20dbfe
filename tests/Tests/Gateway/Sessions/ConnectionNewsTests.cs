using Earmark.Contracts.Devices;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Tests.Gateway.Doubles;
using Xunit;

namespace Earmark.Tests.Gateway.Sessions;

public sealed class ConnectionNewsTests
{
    [Fact]
    public async Task A_devices_grain_hears_of_its_coming_and_going()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);
        await Hears(gateway, ConnectionState.Online, "connected");
        Assert.StartsWith("127.0.0.1:", gateway.TwinOf(device.Id).Changes.Last().RemoteAddress, StringComparison.Ordinal);
        Assert.Equal(ClockDouble.Now, gateway.TwinOf(device.Id).Changes.Last().At);

        await client.SendAsync([0xE0, 0]);

        await Hears(gateway, ConnectionState.Silent, "disconnected");
    }

    [Fact]
    public async Task A_lost_connection_is_silence_and_speaks_through_its_last_will()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.OpenAsync(gateway);
        Assert.Equal(0, await client.ConnectAsync(device.Id, TestDevice.Password, "c", will: (device.Status, "offline")));
        await Hears(gateway, ConnectionState.Online, "connected");

        client.Dispose();

        await Hears(gateway, ConnectionState.Silent, "connection lost");
    }

    [Theory]
    [InlineData("online", ConnectionState.Online)]
    [InlineData("offline", ConnectionState.Silent)]
    public async Task What_a_device_says_of_itself_is_passed_on_as_a_hint(string said, ConnectionState state)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);

        await client.PublishAsync(device.Status, [.. said.Select(c => (byte)c)]);

        Assert.Equal((1, 0), await client.PubAckAsync());
        await Hears(gateway, state, "says");
    }

    [Fact]
    public async Task Any_other_status_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device, level: 5);

        await client.PublishAsync(device.Status, "sleeping"u8.ToArray());

        Assert.Equal((1, 0x99), await client.PubAckAsync());
        await gateway.RefusalAsync("bad-status");
    }

    [Fact]
    public async Task A_device_that_sends_what_it_kept_is_buffering()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);

        await client.PublishAsync(device.Up, device.Frame(FrameFlags.Backlog));
        await client.PublishAsync(device.Up, device.Frame());
        await client.PublishAsync(device.Up, device.Frame(FrameFlags.Backlog));

        await Hears(gateway, ConnectionState.Buffering, "sends what it kept");
        Assert.Single(gateway.TwinOf(device.Id).Changes, change => change.State == ConnectionState.Buffering);
    }

    [Fact]
    public async Task A_device_with_another_connection_left_is_not_silent()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var first = await RawMqtt.LoginAsync(gateway, device, clientId: "one");
        using var second = await RawMqtt.LoginAsync(gateway, device, clientId: "two");

        await first.SendAsync([0xE0, 0]);
        Assert.Null(await first.ReceiveAsync());
        await Task.Delay(100, TestContext.Current.CancellationToken);

        Assert.Equal(ConnectionState.Online, gateway.TwinOf(device.Id).Now);
    }

    private static Task Hears(TestGateway gateway, ConnectionState state, string because) => Eventually.BecomesTrueAsync(
        () => gateway.TwinOf("bs-01").Changes.LastOrDefault() is { Because: { } last } change
            && change.State == state && last.Contains(because, StringComparison.Ordinal),
        $"{state} because {because}");
}
