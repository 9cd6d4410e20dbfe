using Earmark.Contracts.Sites;
using Earmark.Tests.Gateway.Doubles;
using Xunit;

namespace Earmark.Tests.Gateway.Mqtt;

public sealed class BatchTests
{
    [Fact]
    public async Task What_arrives_while_one_call_is_in_flight_is_the_next_batch()
    {
        await using var gateway = await TestGateway.StartAsync();
        TaskCompletionSource durable = new();
        gateway.Site.Before = () => durable.Task;
        var devices = Enumerable.Range(0, 10).Select(i => gateway.Add(new TestDevice($"bs-{i}"))).ToArray();
        var clients = await Task.WhenAll(devices.Select(device => RawMqtt.LoginAsync(gateway, device)));
        await clients[0].PublishAsync(devices[0].Up, devices[0].Frame());
        await Eventually.BecomesTrueAsync(() => gateway.Site.Batches.Count == 1, "the first call");

        for (var i = 1; i < devices.Length; i++)
        {
            await clients[i].PublishAsync(devices[i].Up, devices[i].Frame());
        }
        await Task.Delay(200, TestContext.Current.CancellationToken);
        durable.SetResult();
        await Task.WhenAll(clients.Select(client => client.PubAckAsync()));

        Assert.Equal([1, 9], gateway.Site.Batches.Select(batch => batch.Length));
        Assert.Equal(1, gateway.Site.MostCallsAtOnce);
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task Each_frame_of_a_batch_gets_its_own_receipt()
    {
        await using var gateway = await TestGateway.StartAsync();
        var good = gateway.Add(new TestDevice("bs-good"));
        var bad = gateway.Add(new TestDevice("bs-bad"));
        TaskCompletionSource durable = new();
        gateway.Site.Before = () => durable.Task;
        gateway.Site.Answer = frame => frame.DeviceId == bad.Id
            ? new FrameReceipt(FrameOutcome.Refused, "same-identity-other-bytes", 0)
            : new FrameReceipt(FrameOutcome.Recorded, null, 1);
        using var first = await RawMqtt.LoginAsync(gateway, good, level: 5);
        using var second = await RawMqtt.LoginAsync(gateway, bad, level: 5);

        await first.PublishAsync(good.Up, good.Frame());
        await second.PublishAsync(bad.Up, bad.Frame());
        durable.SetResult();

        Assert.Equal((1, 0), await first.PubAckAsync());
        Assert.Equal((1, 0x83), await second.PubAckAsync());
        Assert.Equal(bad.Id, (await gateway.RefusalAsync("same-identity-other-bytes")).DeviceId);
    }

    [Fact]
    public async Task A_site_that_hangs_does_not_hold_up_another()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Site.Before = () => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        var stuck = gateway.Add(new TestDevice("bs-stuck"));
        TestDevice free = new("bs-free");
        gateway.Register.Devices[free.Id] = free.Credentials with { SiteId = "ranch-2" };
        using var first = await RawMqtt.LoginAsync(gateway, stuck);
        using var second = await RawMqtt.LoginAsync(gateway, free);

        await first.PublishAsync(stuck.Up, stuck.Frame());
        await second.PublishAsync(free.Up, free.Frame());

        Assert.Equal((1, 0), await second.PubAckAsync());
        Assert.True(await first.IsQuietAsync());
    }

    [Fact]
    public async Task A_full_inbox_makes_the_connection_wait_and_loses_nothing()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { FramesPerInbox = 2 });
        TaskCompletionSource durable = new();
        gateway.Site.Before = () => durable.Task;
        var devices = Enumerable.Range(0, 6).Select(i => gateway.Add(new TestDevice($"bs-{i}"))).ToArray();
        var clients = await Task.WhenAll(devices.Select(device => RawMqtt.LoginAsync(gateway, device)));
        for (var i = 0; i < devices.Length; i++)
        {
            await clients[i].PublishAsync(devices[i].Up, devices[i].Frame());
        }
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.InRange(gateway.Site.Frames.Count(), 1, 2);

        durable.SetResult();
        await Task.WhenAll(clients.Select(client => client.PubAckAsync()));

        Assert.Equal(devices.Select(device => device.Id), gateway.Site.Frames.Select(frame => frame.DeviceId).Order());
        Assert.All(gateway.Site.Batches, batch => Assert.InRange(batch.Length, 1, 2));
        Array.ForEach(clients, client => client.Dispose());
    }
}
