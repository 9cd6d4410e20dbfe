using System.Diagnostics.Metrics;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Tests.Gateway.Doubles;
using Xunit;

namespace Earmark.Tests.Gateway.Mqtt;

public sealed class AcknowledgementTests
{
    private static readonly FrameReceipt Unrecorded = new(FrameOutcome.NotRecorded, "journal-away", 0);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_frame_is_acknowledged_only_after_its_site_recorded_it(byte level)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        TaskCompletionSource durable = new();
        gateway.Site.Before = () => durable.Task;
        using var client = await RawMqtt.LoginAsync(gateway, device, level);

        var frame = device.Frame();
        await client.PublishAsync(device.Up, frame, 7);
        await Eventually.BecomesTrueAsync(() => gateway.Site.Frames.Any(), "the site to be called");
        Assert.True(await client.IsQuietAsync());

        durable.SetResult();
        Assert.Equal((7, 0), await client.PubAckAsync());
        var recorded = Assert.Single(gateway.Site.Frames);
        Assert.Equal(frame, recorded.Bytes);
        Assert.Equal((device.Id, FrameTrust.Verified, ClockDouble.Now), (recorded.DeviceId, recorded.Trust, recorded.ReceivedAt));
    }

    [Theory]
    [InlineData(FrameOutcome.Recorded)]
    [InlineData(FrameOutcome.Duplicate)]
    public async Task Recorded_and_duplicate_frames_are_acknowledged_alike(FrameOutcome outcome)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        gateway.Site.Answer = _ => new FrameReceipt(outcome, null, 9);
        using var client = await RawMqtt.LoginAsync(gateway, device, level: 5);

        await client.PublishAsync(device.Up, device.Frame());

        Assert.Equal((1, 0), await client.PubAckAsync());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task A_frame_that_was_not_recorded_is_never_acknowledged_and_its_connection_is_closed(byte level)
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { LongestHold = TimeSpan.FromMilliseconds(200) });
        var device = gateway.Add(new TestDevice());
        gateway.Site.Answer = _ => Unrecorded;
        using var client = await RawMqtt.LoginAsync(gateway, device, level);

        await client.PublishAsync(device.Up, device.Frame());

        var packet = await client.ReceiveAsync();
        if (level == 5)
        {
            Assert.Equal(RawMqtt.Disconnect, packet?.Type);
            packet = await client.ReceiveAsync();
        }
        Assert.Null(packet);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_the_journal_is_away_connects_are_refused_and_after_it_the_frame_sent_again_is_accepted(bool failsByException)
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { LongestHold = TimeSpan.FromMilliseconds(200) });
        var device = gateway.Add(new TestDevice());
        var away = true;
        gateway.Site.Before = () => away && failsByException ? Task.FromException(new TimeoutException("grain")) : Task.CompletedTask;
        gateway.Site.Answer = _ => away ? Unrecorded : new FrameReceipt(FrameOutcome.Duplicate, null, 1);
        using var first = await RawMqtt.LoginAsync(gateway, device);
        var frame = device.Frame();
        await first.PublishAsync(device.Up, frame);
        Assert.Null(await first.ReceiveAsync());

        using (var refused = await RawMqtt.OpenAsync(gateway))
        {
            Assert.Equal(3, await refused.ConnectAsync(device.Id, TestDevice.Password, device.Id));
        }
        using (var refused = await RawMqtt.OpenAsync(gateway, level: 5))
        {
            Assert.Equal(0x88, await refused.ConnectAsync(device.Id, TestDevice.Password, device.Id));
        }

        away = false;
        RawMqtt? again = null;
        for (var code = 3; code != 0; await Task.Delay(10, TestContext.Current.CancellationToken))
        {
            again?.Dispose();
            again = await RawMqtt.OpenAsync(gateway);
            code = await again.ConnectAsync(device.Id, TestDevice.Password, device.Id);
        }
        await again!.PublishAsync(device.Up, frame, 5);
        Assert.Equal((5, 0), await again.PubAckAsync());
        again.Dispose();
    }

    [Theory]
    [InlineData(60, 3)]
    [InlineData(0.2, 0)]
    public async Task A_site_is_away_until_its_journal_takes_a_frame_or_for_so_long_that_others_may_try(double longestAwaySeconds, byte code)
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with
        {
            LongestHold = TimeSpan.FromMilliseconds(50),
            LongestRetry = TimeSpan.FromMilliseconds(20),
            LongestAway = TimeSpan.FromSeconds(longestAwaySeconds),
            FramesPerInbox = 1,
        });
        var device = gateway.Add(new TestDevice());
        gateway.Site.Answer = _ => Unrecorded;
        using var client = await RawMqtt.LoginAsync(gateway, device);
        await client.PublishAsync(device.Up, device.Frame());
        Assert.Null(await client.ReceiveAsync());

        await Task.Delay(400, TestContext.Current.CancellationToken);

        using var later = await RawMqtt.OpenAsync(gateway);
        Assert.Equal(code, await later.ConnectAsync(device.Id, TestDevice.Password, device.Id));
        if (code == 0)
        {
            // The frame that was given up left its place in the inbox.
            gateway.Site.Answer = _ => new FrameReceipt(FrameOutcome.Recorded, null, 1);
            await later.PublishAsync(device.Up, device.Frame());
            Assert.Equal((1, 0), await later.PubAckAsync());
        }
    }

    [Fact]
    public async Task A_short_outage_is_ridden_out_within_the_hold()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        var answers = 0;
        gateway.Site.Answer = _ => ++answers < 4 ? Unrecorded : new FrameReceipt(FrameOutcome.Recorded, null, 1);
        using var client = await RawMqtt.LoginAsync(gateway, device);

        await client.PublishAsync(device.Up, device.Frame(), 3);

        Assert.Equal((3, 0), await client.PubAckAsync());
        Assert.Equal(4, gateway.Site.Batches.Count);
    }

    [Fact]
    public async Task The_hold_ends_before_half_the_keep_alive()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        gateway.Site.Answer = _ => Unrecorded;
        using var client = await RawMqtt.LoginAsync(gateway, device, keepAlive: 10);
        var since = TimeProvider.System.GetTimestamp();

        await client.PublishAsync(device.Up, device.Frame());
        Assert.Null(await client.ReceiveAsync());

        Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 2, 5);
    }

    [Fact]
    public async Task An_acknowledgement_owed_to_a_connection_is_never_given_to_the_one_that_took_it_over()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        TaskCompletionSource durable = new();
        gateway.Site.Before = () => durable.Task;
        using var first = await RawMqtt.OpenAsync(gateway);
        Assert.Equal(0, await first.ConnectAsync(device.Id, TestDevice.Password, "kept", clean: false));
        await first.PublishAsync(device.Up, device.Frame(), 1);
        await Eventually.BecomesTrueAsync(() => gateway.Site.Frames.Any(), "the site to be called");

        using var second = await RawMqtt.OpenAsync(gateway);
        Assert.Equal(0, await second.ConnectAsync(device.Id, TestDevice.Password, "kept", clean: false));
        Assert.Null(await first.ReceiveAsync());
        durable.SetResult();

        Assert.True(await second.IsQuietAsync());
        await second.PingAsync();
    }

    [Fact]
    public async Task A_frame_without_guarantee_is_taken_all_the_same_and_counted()
    {
        long unguarded = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "earmark.gateway.unguarded")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref unguarded, value));
        listener.Start();
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);

        await client.PublishAsync(device.Up, device.Frame(), qos: 0);

        await Eventually.BecomesTrueAsync(() => gateway.Site.Frames.Any(), "the frame");
        await client.PingAsync();
        Assert.Equal(1, unguarded);
    }

    [Fact]
    public async Task A_stopping_gateway_answers_what_it_has_in_hand_and_then_leaves()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        TaskCompletionSource durable = new();
        gateway.Site.Before = () => durable.Task;
        using var client = await RawMqtt.LoginAsync(gateway, device, level: 5);
        await client.PublishAsync(device.Up, device.Frame(), 4);
        await Eventually.BecomesTrueAsync(() => gateway.Site.Frames.Any(), "the site to be called");

        var stopping = gateway.StopAsync();
        await Task.Delay(100, TestContext.Current.CancellationToken);
        durable.SetResult();

        Assert.Equal((4, 0), await client.PubAckAsync());
        var (type, body) = (await client.ReceiveAsync())!.Value;
        Assert.Equal((RawMqtt.Disconnect, 0x8B), (type, body[0]));
        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(ConnectionState.Online, gateway.TwinOf(device.Id).Now);
        await stopping.WaitAsync(Eventually.Patience, TestContext.Current.CancellationToken);
    }
}
