using Earmark.Contracts.Sites;
using Earmark.SystemTests.Running;
using Earmark.Tests.Gateway.Doubles;
using MQTTnet;
using MQTTnet.Protocol;

namespace Earmark.SystemTests.Broker;

/// <summary>Gateways of this process as clients of a real Mosquitto, before sites that do as the test says.</summary>
public sealed class Gateways_behind_Mosquitto
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset At = new(2031, 5, 1, 7, 59, 0, TimeSpan.Zero);

    [Fact]
    public async Task Two_share_the_load_and_each_frame_reaches_its_site_once()
    {
        await using var broker = await CaseAsync(("bs-1", "ranch-1"), ("bs-2", "ranch-2"));
        BrokerBank beside = new() { Register = broker.Bank.Register };
        await using var first = await BrokerGateway.StartAsync(broker.Options("one") with { Group = "gateway" }, broker.Bank);
        await using var second = await BrokerGateway.StartAsync(broker.Options("two") with { Group = "gateway" }, beside);
        await ReadyAsync(broker);
        await ReadyAsync(broker, bank: beside);

        var sent = await SendAsync(broker, 50, "bs-1", "bs-2");

        Frame[] Taken() => [.. broker.Bank.Sites.Values.Concat(beside.Sites.Values).SelectMany(site => site.Answered)];
        await UntilAsync(() => sent.TrueForAll(frame => Taken().Any(taken => taken.Bytes.AsSpan().SequenceEqual(frame))), "all frames at their sites");
        Assert.Equal(sent.Count, Taken().Count(taken => sent.Exists(frame => taken.Bytes.AsSpan().SequenceEqual(frame))));
        Assert.All(new[] { broker.Bank, beside }, bank => Assert.InRange(bank.Sites.Values.Sum(site => site.Answered.Count), sent.Count / 4, sent.Count));
    }

    [Fact]
    public async Task What_was_not_acknowledged_comes_again_to_the_same_gateway_and_nothing_is_lost_while_it_is_away()
    {
        await using var broker = await CaseAsync(("bs-1", "ranch-1"));
        var site = broker.Bank.Site("ranch-1");
        TaskCompletionSource stuck = new();
        List<byte[]> sent;
        await using (await BrokerGateway.StartAsync(broker.Options("one") with { OutboxAfter = TimeSpan.FromMinutes(5) }, broker.Bank))
        {
            await ReadyAsync(broker);
            site.Before = () => stuck.Task;
            sent = await SendAsync(broker, 10, "bs-1");
            await UntilAsync(() => site.Frames.Any(), "the site to be called");
        }
        sent.AddRange(await SendAsync(broker, 10, "bs-1"));
        site.Before = () => Task.CompletedTask;
        var before = site.Frames.Count();

        await using var again = await BrokerGateway.StartAsync(broker.Options("one"), broker.Bank);

        await UntilAsync(() => sent.TrueForAll(frame => site.Frames.Skip(before).Any(taken => taken.Bytes.AsSpan().SequenceEqual(frame))), "every frame, again");
        stuck.SetResult();
    }

    [Fact]
    public async Task A_slow_sites_frames_go_to_the_outbox_and_hold_up_nobody()
    {
        await using var broker = new BrokerCase { Bank = new BrokerBank { FramesPerInbox = 8 } };
        await broker.StartAsync(("bs-slow", "ranch-slow"), ("bs-fast", "ranch-fast"));
        var slow = broker.Bank.Site("ranch-slow");
        await using var gateway = await BrokerGateway.StartAsync(broker.Options("one"), broker.Bank);
        await ReadyAsync(broker, "bs-fast");
        slow.Answer = _ => new FrameReceipt(FrameOutcome.NotRecorded, "journal-away", 0);
        using MeterCount outboxed = new("earmark.gateway.outboxed");

        var late = await SendAsync(broker, 60, "bs-slow");
        var early = await SendAsync(broker, 60, "bs-fast");

        await UntilAsync(() => Recorded(broker, early) == early.Count, "the fast site's frames");
        await UntilAsync(() => outboxed.Sum >= 60, "all the slow site's frames in the outbox");
        Assert.NotEmpty(Directory.GetFiles(broker.Outbox("one")));

        slow.Answer = _ => new FrameReceipt(FrameOutcome.Recorded, null, 1);
        await UntilAsync(() => Recorded(broker, late) == late.Count, "the outbox to be given to its site");
        await UntilAsync(() => Directory.GetFiles(broker.Outbox("one")).Length == 0, "the outbox to be empty");
    }

    [Fact]
    public async Task A_frame_in_the_outbox_outlives_its_gateway_and_is_not_asked_of_the_broker_again()
    {
        await using var broker = await CaseAsync(("bs-1", "ranch-1"));
        var site = broker.Bank.Site("ranch-1");
        using MeterCount outboxed = new("earmark.gateway.outboxed");
        List<byte[]> sent;
        await using (await BrokerGateway.StartAsync(broker.Options("one"), broker.Bank))
        {
            await ReadyAsync(broker);
            site.Answer = _ => new FrameReceipt(FrameOutcome.NotRecorded, "journal-away", 0);
            sent = await SendAsync(broker, 5, "bs-1");
            await UntilAsync(() => outboxed.Sum >= 5, "the frames in the outbox");
        }
        await broker.Mosquitto.StopAsync();
        site.Answer = _ => new FrameReceipt(FrameOutcome.Recorded, null, 1);
        var before = site.Frames.Count();

        await using var again = await BrokerGateway.StartAsync(broker.Options("one"), broker.Bank);

        await UntilAsync(() => sent.TrueForAll(frame => site.Frames.Skip(before).Any(taken => taken.Bytes.AsSpan().SequenceEqual(frame))), "the frames out of the outbox");
    }

    [Fact]
    public async Task A_gateway_alone_loses_nothing_over_a_restart_of_the_broker()
    {
        await using var broker = await CaseAsync(("bs-1", "ranch-1"));
        await using var gateway = await BrokerGateway.StartAsync(broker.Options("one") with { LongestReconnect = TimeSpan.FromSeconds(1) }, broker.Bank);
        await ReadyAsync(broker);

        var sent = await SendAsync(broker, 5, "bs-1");
        await broker.Mosquitto.StopAsync();
        await broker.Mosquitto.StartAsync();
        sent.AddRange(await SendAsync(broker, 5, "bs-1"));

        await UntilAsync(() => Recorded(broker, sent) == sent.Count, "frames before and after the restart");
    }

    [Fact]
    public async Task Gateways_that_share_lose_nothing_over_a_restart_of_the_broker_but_what_it_said_nobody_had_subscribed_to()
    {
        await using var broker = await CaseAsync(("bs-1", "ranch-1"));
        await using var gateway = await BrokerGateway.StartAsync(broker.Options("one") with { Group = "gateway", LongestReconnect = TimeSpan.FromSeconds(1) }, broker.Bank);
        await ReadyAsync(broker);
        await broker.Mosquitto.StopAsync();
        await broker.Mosquitto.StartAsync();

        await using var device = await broker.ConnectAsync("bs-1");
        List<byte[]> sent = [];
        for (var i = 0; i < 5; i++)
        {
            sent.Add(device.Next(At, "base-station", Herd.Round(i + 1, [1], [])));
            var since = TimeProvider.System.GetTimestamp();
            while ((await device.SendBytesAsync(sent[^1])).ReasonCode == MqttClientPublishReasonCode.NoMatchingSubscribers)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "the gateway did not come back");
                await Task.Delay(50);
            }
        }

        await UntilAsync(() => Recorded(broker, sent) == sent.Count, "the frames taken after the restart");
    }

    [Fact]
    public async Task What_is_not_its_senders_is_refused_acknowledged_and_kept_as_a_refusal()
    {
        await using var broker = await CaseAsync(("bs-1", "ranch-1"), ("bs-2", "ranch-1"));
        await using var gateway = await BrokerGateway.StartAsync(broker.Options("one"), broker.Bank);
        await ReadyAsync(broker);
        await using var one = await broker.ConnectAsync("bs-1");
        await using var two = await broker.ConnectAsync("bs-2");
        using MeterCount unguarded = new("earmark.gateway.unguarded");

        await one.SendBytesAsync([.. "hello"u8]);
        await one.SendBytesAsync(two.Next(At, "base-station", Herd.Round(1, [1], [])));
        await one.SendAsync(At, "base-station", Herd.Round(1, [1], []));
        using var plain = new MqttClientFactory().CreateMqttClient();
        var station = broker.Stations["bs-2"];
        await plain.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", broker.Mosquitto.Port).WithCredentials(station.UserName, station.Password).Build());
        await plain.PublishAsync(new MqttApplicationMessageBuilder().WithTopic("earmark/v1/base-station/bs-2/up")
            .WithPayload(two.Next(At, "base-station", Herd.Round(2, [1], []))).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtMostOnce).Build());

        await UntilAsync(() => broker.Bank.Site("ranch-1").Frames.Count(frame => frame.DeviceId == "bs-2") == 1, "the frame without guarantee");
        await UntilAsync(() => broker.Bank.Register.Refusals.Select(row => row.Reason).ToHashSet().IsSupersetOf(["truncated", "another-device"]), "the refusals");
        Assert.All(broker.Bank.Register.Refusals, row => Assert.Equal("bs-1", row.DeviceId));
        Assert.Equal(1, unguarded.Sum);
    }

    private static async Task<BrokerCase> CaseAsync(params (string Id, string Site)[] stations)
    {
        BrokerCase made = new();
        await made.StartAsync(stations);
        return made;
    }

    /// <summary>Until the gateways have subscribed: frames sent before belong to nobody.</summary>
    private static async Task ReadyAsync(BrokerCase broker, string station = "bs-1", BrokerBank? bank = null)
    {
        var site = (bank ?? broker.Bank).Site(broker.Stations[station].Site);
        await using var device = await broker.ConnectAsync(station);
        device.Boot = 999;
        var until = TimeProvider.System.GetTimestamp();
        while (!site.Frames.Any())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(until) < Patience, "no gateway subscribed");
            await device.SendAsync(At, "base-station", Herd.Round(1, [1], []));
            await Task.Delay(50);
        }
        await Task.Delay(200);
        site.Batches.Clear();
    }

    private static async Task<List<byte[]>> SendAsync(BrokerCase broker, int each, params string[] stations)
    {
        List<byte[]> sent = [];
        foreach (var station in stations)
        {
            await using var device = await broker.ConnectAsync(station);
            device.Boot = 1_000 + (uint)Interlocked.Increment(ref boots);
            for (var i = 0; i < each; i++)
            {
                sent.Add(device.Next(At, "base-station", Herd.Round(i + 1, [1], [])));
                Assert.True((await device.SendBytesAsync(sent[^1])).IsSuccess);
            }
        }
        return sent;
    }

    private static int boots;

    private static int Recorded(BrokerCase broker, List<byte[]> sent) => sent.Count(frame =>
        broker.Bank.Sites.Values.Any(site => site.Answered.Any(taken => taken.Bytes.AsSpan().SequenceEqual(frame))));

    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, $"waited in vain for {what}");
            await Task.Delay(20);
        }
    }
}
