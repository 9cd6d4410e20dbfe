using Earmark.DeviceSim;
using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Link;
using Earmark.DeviceSim.Time;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Tests.Storage;
using Xunit;

namespace Earmark.Tests.DeviceSim;

public sealed class DeviceLinkTests : IDisposable
{
    private static readonly LinkLimits Quick = LinkLimits.Default with
    {
        AnswerTimeout = TimeSpan.FromMilliseconds(600), FirstBackOff = TimeSpan.FromMilliseconds(20), LongestBackOff = TimeSpan.FromMilliseconds(200),
        Farewell = TimeSpan.FromMilliseconds(300),
    };

    private readonly TemporaryFolder _folder = new();
    private readonly HandClock _clock = new(Demo.Start);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Devices_log_in_as_themselves_say_online_and_leave_a_last_will()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using (Simulation simulation = await OpenAsync(broker))
        {
            await simulation.OnlineAsync(Stop);
            await TestBroker.Until(() => broker.Statuses.Count == 3);
            Assert.Equal(["bs-1", "bs-2", "gps-1"], broker.Statuses.Where(s => s.Status == "online").Select(s => s.Device).Order());
        }

        await TestBroker.Until(() => broker.Statuses.Count == 6);
        Assert.Equal(3, broker.Statuses.Count(s => s.Status == "offline"));
    }

    [Fact]
    public async Task An_acknowledged_frame_is_in_the_log_with_its_hash_and_never_sent_again()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using (Simulation simulation = await OpenAsync(broker))
        {
            await simulation.OnlineAsync(Stop);
            await simulation.AdvanceAsync(Demo.Start.AddMinutes(5), Stop);
            await simulation.SettledAsync(Stop);
        }

        await using (Simulation again = await OpenAsync(broker))
        {
            await again.OnlineAsync(Stop);
        }

        Assert.Equal(broker.Frames.Select(Line).Order(), Log(Outbox.AcknowledgedLog).Order());
        Assert.True(broker.Frames.Count >= 20);
        Assert.All(broker.Frames, frame => Assert.False(Header(frame.Bytes).Flags.HasFlag(FrameFlags.Backlog)));
    }

    [Fact]
    public async Task A_refused_frame_is_counted_with_its_reason_and_not_sent_for_ever()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        broker.Judge = (device, bytes) => device == "bs-1" && Header(bytes).Sequence == 2 ? Answer.Refuse : Answer.Acknowledge;
        await using (Simulation simulation = await OpenAsync(broker))
        {
            await simulation.OnlineAsync(Stop);
            await simulation.AdvanceAsync(Demo.Start.AddMinutes(4), Stop);
            await simulation.SettledAsync(Stop);
            Assert.Equal((1, broker.Frames.Count - 1), (simulation.Counters.Refused, simulation.Counters.Acknowledged));
        }

        Assert.Single(broker.Frames, frame => frame.Device == "bs-1" && Header(frame.Bytes).Sequence == 2);
        string line = Assert.Single(Log(Outbox.RefusedLog));
        Assert.EndsWith("PayloadFormatInvalid not today", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_frame_that_is_not_answered_is_sent_again_with_the_same_bytes()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        int silent = 0;
        broker.Judge = (device, bytes) => device == "bs-1" && Header(bytes).Sequence == 3 && Interlocked.Increment(ref silent) <= 2
            ? Answer.Silence
            : Answer.Acknowledge;
        await using Simulation simulation = await OpenAsync(broker);
        await simulation.OnlineAsync(Stop);
        await simulation.AdvanceAsync(Demo.Start.AddMinutes(4), Stop);
        await simulation.SettledAsync(Stop);

        var third = broker.Frames.Where(frame => frame.Device == "bs-1" && Header(frame.Bytes).Sequence == 3).ToList();
        Assert.Equal([Answer.Silence, Answer.Silence, Answer.Acknowledge], third.Select(frame => frame.Answer));
        Assert.Single(third.Select(frame => Convert.ToHexString(frame.Bytes)).Distinct());
        Assert.True(simulation.Counters.Resent >= 2);
    }

    [Fact]
    public async Task After_an_outage_live_frames_go_before_backlog_and_both_in_order()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using Simulation simulation = await OpenAsync(broker, """
            { "name": "cut", "natural": false, "events": [ { "at": "PT2M", "do": "cut-uplink", "device": "bs-1", "duration": "PT10M" } ] }
            """);
        await simulation.OnlineAsync(Stop);
        await simulation.AdvanceAsync(Demo.Start.AddMinutes(2), Stop);
        await simulation.SettledAsync(Stop);
        int before = broker.Frames.Count(frame => frame.Device == "bs-1");
        await TestBroker.Until(() => broker.Statuses.Contains(("bs-1", "offline")));
        await simulation.AdvanceAsync(Demo.Start.AddMinutes(11), Stop);
        await Task.Delay(300, Stop);
        Assert.Equal(before, broker.Frames.Count(frame => frame.Device == "bs-1"));

        // Nobody gets in yet, so that what piles up is sorted by the queue and not by chance.
        broker.LetsIn = false;
        await simulation.AdvanceAsync(Demo.Start.AddMinutes(12), Stop);
        simulation.Links.Single(link => link.Device.DeviceId == "bs-1").Queue.Add(Live(simulation));
        broker.LetsIn = true;
        await simulation.SettledAsync(Stop);

        List<EnvelopeHeader> after = [.. broker.Frames.Where(frame => frame.Device == "bs-1").Skip(before).Select(frame => Header(frame.Bytes))];
        Assert.False(after[0].Flags.HasFlag(FrameFlags.Backlog));
        List<EnvelopeHeader> backlog = after.FindAll(header => header.Flags.HasFlag(FrameFlags.Backlog));
        Assert.True(backlog.Count >= 9);
        Assert.Equal(backlog.Select(header => header.Sequence).Order(), backlog.Select(header => header.Sequence));
    }

    [Fact]
    public async Task A_device_that_only_holds_frames_back_stays_connected()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        await using Simulation simulation = await OpenAsync(broker, """
            { "name": "hold", "natural": false, "events": [ { "at": "PT1M", "do": "buffer", "device": "bs-1", "duration": "PT5M" } ] }
            """);
        await simulation.OnlineAsync(Stop);
        await simulation.AdvanceAsync(Demo.Start.AddMinutes(5), Stop);
        await simulation.SettledAsync(Stop);
        int held = broker.Frames.Count(frame => frame.Device == "bs-1");
        await simulation.AdvanceAsync(Demo.Start.AddMinutes(8), Stop);
        await simulation.SettledAsync(Stop);

        Assert.True(held <= 1, $"{held} frames came through");
        Assert.True(broker.Frames.Count(frame => frame.Device == "bs-1") >= 7);
        Assert.DoesNotContain(("bs-1", "offline"), broker.Statuses);
    }

    [Fact]
    public async Task Turned_away_or_without_a_broker_devices_keep_trying_with_growing_waits_and_lose_nothing()
    {
        await using TestBroker broker = await TestBroker.StartAsync();
        broker.LetsIn = false;
        await using Simulation simulation = await OpenAsync(broker);
        await simulation.AdvanceAsync(Demo.Start.AddMinutes(3), Stop);
        await TestBroker.Until(() => broker.Refusals > 6);
        Assert.Equal(0, simulation.Counters.Acknowledged);
        Assert.Contains("BadUserNameOrPassword", simulation.Links.First().LastProblem, StringComparison.Ordinal);

        await broker.StopAsync();
        broker.LetsIn = true;
        await simulation.AdvanceAsync(Demo.Start.AddMinutes(6), Stop);
        await broker.ResumeAsync();
        await simulation.SettledAsync(Stop);
        Assert.Equal(simulation.Counters.Made, broker.Frames.Count);
        Assert.All(broker.Frames, frame => Assert.True(Header(frame.Bytes).Flags.HasFlag(FrameFlags.Backlog)));
    }

    [Fact]
    public void Waits_double_up_to_the_limit_with_jitter_and_begin_anew_after_success()
    {
        var backOff = new BackOff(LinkLimits.Default, Earmark.DeviceSim.World.RandomStream.For(1, "x"));
        List<double> waits = [.. Enumerable.Range(0, 12).Select(_ => backOff.Next().TotalSeconds)];
        for (int i = 0; i < waits.Count; i++)
        {
            double full = Math.Min(0.5 * Math.Pow(2, i), 30);
            Assert.InRange(waits[i], full / 2, full);
        }

        Assert.True(waits.Skip(7).Distinct().Count() > 3);
        backOff.Reset();
        Assert.InRange(backOff.Next().TotalSeconds, 0.25, 0.5);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<Simulation> OpenAsync(TestBroker broker, string? script = null)
    {
        var options = new SimulationOptions
        {
            MqttHost = "127.0.0.1", MqttPort = broker.Port, Clock = _clock, StateFolder = _folder.Path, Limits = Quick, Seed = Demo.Seed,
            Scenario = script is null ? null : Demo.Read(script),
            Devices =
            [
                .. Demo.Ranch(30, stations: 2, feeders: 0),
                Demo.Device("gps-1", DeviceKind.GpsNode, "fleet-1"),
            ],
        };
        (Simulation? simulation, string error) = await Simulation.OpenAsync(options, Stop);
        Assert.True(simulation is not null, error);
        return simulation;
    }

    /// <summary>A live frame of the first station, as if one more round had come at just that moment.</summary>
    private StoredFrame Live(Simulation simulation)
    {
        SimulatedDevice device = simulation.Links.Single(link => link.Device.DeviceId == "bs-1").Device;
        using var key = new FrameKey(device.FrameKey);
        byte[] bytes = new byte[EnvelopeCodec.OverheadLength + 8];
        EnvelopeCodec.Write(new EnvelopeHeader(device.Kind, device.Name, 900_000_000, 1, 1, FrameFlags.None, 1), new byte[8], key, bytes);
        var frame = new MadeFrame(device, 900_000_000, 1, Demo.Start, false, bytes);
        return OutboxSegment.Create(Path.Combine(_folder.Path, "extra.bin")).Append(frame.Bytes, device.Name, new FrameIdentity(frame.Boot, 1), false);
    }

    private IEnumerable<string> Log(string name) => SyncedLog.ReadLines(Path.Combine(_folder.Path, name));

    private static EnvelopeHeader Header(byte[] bytes)
    {
        Assert.True(EnvelopeCodec.TryRead(bytes, out EnvelopeHeader header, out _));
        return header;
    }

    private static string Line((string Device, byte[] Bytes, Answer Answer) frame)
    {
        EnvelopeHeader header = Header(frame.Bytes);
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(frame.Bytes));
        return $"{frame.Device} {header.Boot} {header.Sequence} {hash}";
    }
}
