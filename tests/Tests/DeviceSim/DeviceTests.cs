using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.World;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.TmrFeeder;
using Xunit;

namespace Earmark.Tests.DeviceSim;

public sealed class DeviceTests
{
    [Fact]
    public void A_clock_drifts_but_never_further_than_two_seconds_in_the_day_between_settings()
    {
        var rates = new List<double>();
        for (int i = 0; i < 50; i++)
        {
            var clock = new DeviceClock(RandomStream.For(Demo.Seed, $"device-{i}"), Demo.Start);
            rates.Add(clock.DriftSecondsPerDay);
            for (int hour = 0; hour < 24 * 10; hour++)
            {
                DateTimeOffset at = Demo.Start.AddHours(hour);
                Assert.InRange((clock.Read(at) - at).TotalSeconds, -WorldDefaults.ClockDriftSecondsPerDay, WorldDefaults.ClockDriftSecondsPerDay);
            }

            DateTimeOffset early = Demo.Start.AddDays(3);
            double moved = Enumerable.Range(0, 24).Select(h => early.AddHours(h)).Max(at => Math.Abs((clock.Read(at) - at).TotalSeconds));
            Assert.True(moved > 0.9 * Math.Abs(clock.DriftSecondsPerDay) * 23 / 24 - 0.1);
        }

        Assert.True(rates.Min() < -1 && rates.Max() > 1, "clocks hardly differ");
    }

    [Fact]
    public void Frames_are_numbered_from_one_signed_and_stamped_with_the_device_clock()
    {
        var sink = new RecordingSink();
        using var sites = Demo.Sites(Demo.Everything(40), sink);
        sites.AdvanceTo(Demo.Start.AddHours(1));

        foreach (var own in sink.Frames.GroupBy(frame => frame.Device.DeviceId))
        {
            List<EnvelopeHeader> headers = [.. own.Select(Demo.Header)];
            Assert.Equal(Enumerable.Range(1, headers.Count).Select(i => (uint)i), headers.Select(header => header.Sequence));
            Assert.All(headers, header => Assert.Equal(1u, header.Boot));
            Assert.All(own, frame => Assert.InRange(Math.Abs((Demo.Header(frame).Time - frame.MadeAt).TotalSeconds), 0, 2));
            Assert.All(headers, header => Assert.Equal(FrameFlags.None, header.Flags));
        }

        Assert.Equal(8 + 3 + 12, sink.Frames.Select(frame => frame.Device.DeviceId).Distinct().Count(id => !id.StartsWith("tmr", StringComparison.Ordinal)));
    }

    [Fact]
    public void While_its_uplink_is_cut_a_station_marks_its_frames_as_backlog_and_only_then()
    {
        var sink = new RecordingSink();
        using var sites = Demo.Sites(Demo.Ranch(20), sink, null, Demo.Read("""
            { "name": "cut", "natural": false, "events": [ { "at": "PT10M", "do": "cut-uplink", "device": "bs-1", "duration": "PT5M" } ] }
            """));
        sites.AdvanceTo(Demo.Start.AddMinutes(30));

        foreach (MadeFrame frame in sink.Frames)
        {
            bool inside = frame.Device.DeviceId == "bs-1" && frame.MadeAt >= Demo.Start.AddMinutes(10) && frame.MadeAt < Demo.Start.AddMinutes(15);
            Assert.Equal(inside, frame.Backlog);
            Assert.Equal(inside, (Demo.Header(frame).Flags & FrameFlags.Backlog) != 0);
        }

        Assert.Equal(5, sink.Frames.Count(frame => frame.Backlog));
        Assert.Equal(
            [Uplink.Open, Uplink.Cut, Uplink.Open], sink.Changes.Where(change => change.Device == "bs-1").Select(change => change.Uplink));
    }

    [Fact]
    public void A_station_without_power_is_silent_and_comes_back_with_the_next_boot()
    {
        var sink = new RecordingSink();
        using var sites = Demo.Sites(Demo.Ranch(20), sink, null, Demo.Read("""
            { "name": "off", "natural": false, "events": [ { "at": "PT10M", "do": "station-off", "device": "bs-1", "duration": "PT20M" } ] }
            """));
        sites.AdvanceTo(Demo.Start.AddMinutes(40));

        List<MadeFrame> own = sink.Frames.FindAll(frame => frame.Device.DeviceId == "bs-1");
        Assert.DoesNotContain(own, frame => frame.MadeAt >= Demo.Start.AddMinutes(10) && frame.MadeAt < Demo.Start.AddMinutes(30));
        List<MadeFrame> after = own.FindAll(frame => frame.MadeAt >= Demo.Start.AddMinutes(30));
        Assert.Equal((2u, 1u), (after[0].Boot, after[0].Sequence));
        Assert.All(own.Except(after), frame => Assert.Equal(1u, frame.Boot));
    }

    [Fact]
    public void A_shifted_clock_shows_in_the_frames_alone()
    {
        var sink = new RecordingSink();
        using var sites = Demo.Sites(Demo.Ranch(5), sink, null, Demo.Read("""
            { "name": "future", "natural": false, "events": [ { "at": "PT5M", "do": "shift-clock", "device": "bs-2", "duration": "PT3H" } ] }
            """));
        sites.AdvanceTo(Demo.Start.AddMinutes(10));

        MadeFrame last = sink.Frames.Last(frame => frame.Device.DeviceId == "bs-2");
        Assert.InRange((Demo.Header(last).Time - last.MadeAt).TotalMinutes, 179.9, 180.1);
    }

    [Fact]
    public void Feeders_report_what_went_in_and_what_each_pen_got()
    {
        var sink = new RecordingSink();
        using var sites = Demo.Sites(Demo.Ranch(400), sink);
        sites.AdvanceTo(Demo.Start.AddHours(24));

        double loaded = 0;
        double delivered = 0;
        HashSet<string> pens = [];
        foreach (MadeFrame frame in sink.Frames.Where(frame => frame.Device.Kind == DeviceKind.TmrFeeder))
        {
            Assert.True(TmrFeederCodec.TryRead(EnvelopeCodec.Payload(frame.Bytes), out FeedEvents events, out _));
            foreach (FeedEvent fed in events)
            {
                if (fed.Type == FeedEventType.Load)
                {
                    loaded += fed.WeightGrams;
                }
                else
                {
                    delivered += fed.WeightGrams;
                    pens.Add(fed.Pen.ToString());
                }
            }
        }

        Assert.Equal(8, pens.Count);
        Assert.InRange(loaded / delivered, 0.98, 1.02);
        double perHead = delivered / 1000 / 400;
        Assert.InRange(perHead, 8, 22);
    }
}
