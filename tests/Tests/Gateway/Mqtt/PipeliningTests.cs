using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Topics;
using Earmark.Tests.FirmwareProtocols;
using Earmark.Tests.Gateway.Doubles;
using Xunit;

namespace Earmark.Tests.Gateway.Mqtt;

public sealed class PipeliningTests
{
    private const byte PubRec = 5, PubComp = 7;

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Frames_sent_without_waiting_go_to_the_site_together_and_are_acknowledged_in_order(byte level)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        TaskCompletionSource durable = new();
        gateway.Site.Before = () => durable.Task;
        using var client = await RawMqtt.LoginAsync(gateway, device, level);
        await client.PublishAsync(device.Up, device.Frame(), 1);
        await Eventually.BecomesTrueAsync(() => gateway.Site.Batches.Count == 1, "the first call");

        for (ushort id = 2; id <= 20; id++)
        {
            await client.PublishAsync(device.Up, device.Frame(), id);
        }
        await Eventually.BecomesTrueAsync(() => Held(gateway) == 20, "all frames to be held");
        Assert.True(await client.IsQuietAsync());
        durable.SetResult();

        await AcknowledgesAsync(client, 1, 20);
        Assert.Equal([1, 19], gateway.Site.Batches.Select(batch => batch.Length));
    }

    [Fact]
    public async Task What_is_answered_at_once_waits_its_turn_behind_a_frame_that_is_not_durable_yet()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        TaskCompletionSource durable = new();
        gateway.Site.Before = () => durable.Task;
        using var client = await RawMqtt.LoginAsync(gateway, device, level: 5);

        await client.PublishAsync(device.Up, device.Frame(), 1);
        await client.PublishAsync(device.Up, [1, 2, 3], 2);
        await client.PublishAsync(device.Status, [.. "online"u8], 3);
        await client.PublishAsync(device.Down, [1], 4);
        await gateway.RefusalAsync("not-authorized-topic");
        Assert.True(await client.IsQuietAsync());
        durable.SetResult();

        Assert.Equal((1, 0), await client.PubAckAsync());
        Assert.Equal((2, 0x99), await client.PubAckAsync());
        Assert.Equal((3, 0), await client.PubAckAsync());
        Assert.Equal((4, 0x87), await client.PubAckAsync());
    }

    [Fact]
    public async Task A_connection_with_too_much_unacknowledged_is_read_no_further_and_loses_nothing()
    {
        using MeterCount paused = new("earmark.gateway.reading_paused", "connection");
        await using var gateway = await TestGateway.StartAsync(limits => limits with { FramesPerConnection = 4 });
        var device = gateway.Add(new TestDevice());
        TaskCompletionSource durable = new();
        gateway.Site.Before = () => durable.Task;
        using var client = await RawMqtt.LoginAsync(gateway, device);

        for (ushort id = 1; id <= 30; id++)
        {
            await client.PublishAsync(device.Up, device.Frame(), id);
        }
        await Eventually.BecomesTrueAsync(() => Held(gateway) == 4, "the window to fill");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(4, Held(gateway));
        Assert.True(paused.Sum > 0);
        durable.SetResult();

        await AcknowledgesAsync(client, 1, 30);
        Assert.Equal(30, gateway.Site.Frames.Count());
    }

    [Fact]
    public async Task Nothing_behind_a_frame_that_was_not_recorded_is_acknowledged_though_it_was_recorded()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { LongestHold = TimeSpan.FromMilliseconds(300) });
        var device = gateway.Add(new TestDevice());
        TaskCompletionSource all = new();
        gateway.Site.Before = () => all.Task;
        byte[][] frames = [device.Frame(), device.Frame(), device.Frame(), device.Frame()];
        gateway.Site.Answer = frame => frame.Bytes.AsSpan().SequenceEqual(frames[1])
            ? new FrameReceipt(FrameOutcome.NotRecorded, "journal-away", 0)
            : new FrameReceipt(FrameOutcome.Recorded, null, 1);
        using var client = await RawMqtt.LoginAsync(gateway, device);

        for (ushort id = 1; id <= frames.Length; id++)
        {
            await client.PublishAsync(device.Up, frames[id - 1], id);
        }
        await Eventually.BecomesTrueAsync(() => Held(gateway) == frames.Length, "all frames to be held");
        all.SetResult();

        Assert.Equal((1, 0), await client.PubAckAsync());
        Assert.Null(await client.ReceiveAsync());
    }

    [Fact]
    public async Task A_slow_site_full_of_frames_does_not_slow_the_others()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { FramesPerInbox = 8 });
        var slow = gateway.Add(new TestDevice("bs-slow"));
        TaskCompletionSource stuck = new();
        gateway.Site.Before = () => stuck.Task;
        using var stuffed = await RawMqtt.LoginAsync(gateway, slow);
        for (ushort id = 1; id <= 60; id++)
        {
            await stuffed.PublishAsync(slow.Up, slow.Frame(), id);
        }
        await Eventually.BecomesTrueAsync(() => Held(gateway) == 8, "the slow site's inbox to fill");

        await Task.WhenAll(Enumerable.Range(2, 8).Select(async site =>
        {
            TestDevice fast = new($"bs-{site}");
            gateway.Register.Devices[fast.Id] = fast.Credentials with { SiteId = $"ranch-{site}" };
            using var client = await RawMqtt.LoginAsync(gateway, fast);
            for (ushort id = 1; id <= 50; id++)
            {
                await client.PublishAsync(fast.Up, fast.Frame(), id);
            }
            await AcknowledgesAsync(client, 1, 50);
        }));

        Assert.True(await stuffed.IsQuietAsync());
        stuck.SetResult();
        await AcknowledgesAsync(stuffed, 1, 60);
    }

    [Fact]
    public async Task When_the_gateway_holds_too_much_each_site_may_hold_only_a_few()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { FramesHeld = 10, FramesPerInboxWhenCrowded = 2 });
        TaskCompletionSource stuck = new();
        List<RawMqtt> clients = [];
        List<TestDevice> devices = [];
        for (var site = 1; site <= 4; site++)
        {
            TestDevice device = new($"bs-{site}");
            gateway.Register.Devices[device.Id] = device.Credentials with { SiteId = $"ranch-{site}" };
            gateway.SiteOf($"ranch-{site}").Before = () => stuck.Task;
            devices.Add(device);
            clients.Add(await RawMqtt.LoginAsync(gateway, device));
        }

        await SendAsync(clients[0], devices[0], 20);
        await Eventually.BecomesTrueAsync(() => Held(gateway) == 10, "the first site to fill the gateway");
        for (var site = 1; site < 4; site++)
        {
            await SendAsync(clients[site], devices[site], 20);
        }
        await Eventually.BecomesTrueAsync(() => Held(gateway) == 10 + (3 * 2), "the others to take their few");
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(16, Held(gateway));

        stuck.SetResult();
        await Task.WhenAll(clients.Select(client => AcknowledgesAsync(client, 1, 20)));
        clients.ForEach(client => client.Dispose());
    }

    [Fact]
    public async Task A_message_of_quality_2_is_received_only_when_durable()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        TaskCompletionSource durable = new();
        gateway.Site.Before = () => durable.Task;
        using var client = await RawMqtt.LoginAsync(gateway, device, level: 5);

        await client.PublishAsync(device.Up, device.Frame(), 9, qos: 2);
        await Eventually.BecomesTrueAsync(() => gateway.Site.Frames.Any(), "the site to be called");
        Assert.True(await client.IsQuietAsync());
        durable.SetResult();

        var (type, body) = (await client.ReceiveAsync())!.Value;
        Assert.Equal((PubRec, 9), (type, body[1]));
        await client.SendAsync([0x62, 2, 0, 9]);
        Assert.Equal(PubComp, (await client.ReceiveAsync())!.Value.Type);
    }

    [Fact]
    public async Task A_busy_device_that_never_pings_is_not_taken_for_silent()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        for (var steady = false; !steady;)
        {
            using var client = await RawMqtt.LoginAsync(gateway, device, keepAlive: 1);
            steady = true;
            // Twice the 1.5 seconds after which a silent client is dropped. A machine that was itself too slow to be heard tries again.
            var (started, spoke) = (TimeProvider.System.GetTimestamp(), TimeProvider.System.GetTimestamp());
            for (ushort id = 1; steady && TimeProvider.System.GetElapsedTime(started).TotalSeconds < 3; id++)
            {
                await client.PublishAsync(device.Up, device.Frame(), id);
                var answer = await client.ReceiveAsync();
                steady = TimeProvider.System.GetElapsedTime(spoke).TotalSeconds < 0.8;
                spoke = TimeProvider.System.GetTimestamp();
                Assert.True(!steady || answer?.Type == RawMqtt.PubAck, "dropped, or answered with what it did not ask for");
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task A_device_that_pings_while_it_publishes_gets_each_of_its_answers()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device, keepAlive: 20);
        for (ushort id = 1; id <= 5; id++)
        {
            await client.PublishAsync(device.Up, device.Frame(), id);
            Assert.Equal((id, 0), await client.PubAckAsync());
            await client.PingAsync();
        }
    }

    [Fact]
    public async Task A_topic_alias_stands_for_the_topic_it_was_given_with_and_an_unknown_one_closes()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device, level: 5);

        await client.SendAsync(RawMqtt.Packet(0x32, [.. RawMqtt.Text(device.Up), 0, 1, 3, 0x23, 0, 2, .. device.Frame()]));
        await client.SendAsync(RawMqtt.Packet(0x32, [0, 0, 0, 2, 3, 0x23, 0, 2, .. device.Frame()]));
        await AcknowledgesAsync(client, 1, 2);
        Assert.Equal(2, gateway.Site.Frames.Count());

        await client.SendAsync(RawMqtt.Packet(0x32, [0, 0, 0, 3, 3, 0x23, 0, 1, .. device.Frame()]));
        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(2, gateway.Site.Frames.Count());
    }

    private static async Task SendAsync(RawMqtt client, TestDevice device, ushort count)
    {
        for (ushort id = 1; id <= count; id++)
        {
            await client.PublishAsync(device.Up, device.Frame(), id);
        }
    }

    private static async Task AcknowledgesAsync(RawMqtt client, ushort first, ushort last)
    {
        for (var id = first; id <= last; id++)
        {
            Assert.Equal((id, 0), await client.PubAckAsync());
        }
    }

    private static long Held(TestGateway gateway) => gateway.Held;
}
