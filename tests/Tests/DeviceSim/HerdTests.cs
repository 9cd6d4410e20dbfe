using System.Diagnostics;
using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Truth;
using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Cattle;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Xunit;

namespace Earmark.Tests.DeviceSim;

public sealed class HerdTests
{
    [Fact]
    public void Tags_are_heard_in_60_to_95_percent_of_rounds_by_pen_and_2_percent_by_two_stations()
    {
        var sink = new RecordingSink();
        using var sites = Demo.Sites(Demo.Ranch(2000), sink);
        const int rounds = 60;
        sites.AdvanceTo(Demo.Start.AddMinutes(rounds));

        var seen = Demo.Observations(sink.Frames).ToList();
        var shares = new List<double>();
        foreach (Pen pen in sites.World.Ranches[0].Pens)
        {
            HashSet<string> tags = [.. pen.Animals.Select(animal => animal.TagId!)];
            int heard = seen.Where(o => o.Frame.Device.DeviceId == $"bs-{pen.Number}").Count(o => tags.Contains(o.Seen.Tag.ToString()));
            double share = heard / (double)(rounds * tags.Count);
            Assert.InRange(share, WorldDefaults.HeardShareLow, WorldDefaults.HeardShareHigh);
            shares.Add(share);
        }

        Assert.True(shares.Max() - shares.Min() > 0.05, "pens do not differ");
        int twice = seen.GroupBy(o => (o.Seen.Tag, o.Frame.MadeAt.ToUnixTimeSeconds() / 60)).Count(g => g.Count() == 2);
        Assert.InRange(twice / (double)seen.Count, 0.01, 0.03);
    }

    [Fact]
    public void Two_stations_that_hear_a_tag_in_one_round_hear_the_same_transmission()
    {
        var sink = new RecordingSink();
        using var sites = Demo.Sites(Demo.Ranch(1000), sink);
        sites.AdvanceTo(Demo.Start.AddMinutes(30));

        var twice = Demo.Observations(sink.Frames)
            .GroupBy(o => (o.Seen.Tag, o.Frame.MadeAt.ToUnixTimeSeconds() / 60)).Where(same => same.Count() == 2).ToList();
        Assert.True(twice.Count > 100);
        Assert.All(twice, same => Assert.Equal(2, same.Select(o => o.Frame.Device.DeviceId).Distinct().Count()));
        Assert.All(twice, same => Assert.Single(same.Select(o => (o.Seen.Reading.ActivityCount, o.Seen.Reading.MotionlessMinutes)).Distinct()));
        Assert.Contains(twice, same => same.First().Seen.Reading.ActivityCount > 3);
    }

    [Fact]
    public void A_round_of_more_than_200_tags_is_split_and_no_frame_holds_more()
    {
        var sink = new RecordingSink();
        using var sites = Demo.Sites(Demo.Ranch(900, stations: 1), sink);
        sites.AdvanceTo(Demo.Start.AddMinutes(3));

        var rounds = sink.Frames.Where(f => f.Device.Kind == DeviceKind.BaseStation).GroupBy(f => f.MadeAt).ToList();
        Assert.Equal(3, rounds.Count);
        foreach (var round in rounds)
        {
            Assert.All(round, frame => Assert.InRange(Demo.Round(frame).Count, 1, BaseStationCodec.MaxObservations));
            Assert.True(round.Count() >= 3);
            Assert.Equal(round.Count(), round.Select(frame => Demo.Header(frame).Sequence).Distinct().Count());
            Assert.Single(round.Select(frame => Demo.Header(frame).TimeUnixMilliseconds).Distinct());
        }
    }

    [Fact]
    public void The_dead_lie_still_and_cool_to_the_air_while_the_living_do_not()
    {
        var sink = new RecordingSink();
        var truth = new TruthList();
        using var sites = Demo.Sites(Demo.Ranch(60, stations: 2), sink, truth, Demo.Read("""
            { "name": "deaths", "natural": false, "events": [ { "at": "PT1H", "do": "die", "count": 5 } ] }
            """));
        sites.AdvanceTo(Demo.Start.AddHours(13));

        string[] dead = [.. truth.Of(TruthFacts.Died).Select(fact => fact.Tag!)];
        Assert.Equal(5, dead.Length);
        double air = sites.World.Ranches[0].Weather.AirCelsius(sites.Now);
        var late = sink.Frames.Where(f => f.MadeAt > Demo.Start.AddHours(12)).ToList();
        foreach (Animal animal in sites.World.Ranches[0].Animals)
        {
            TagReading last = Demo.ReadingsOf(late, animal.TagId!).Last();
            if (dead.Contains(animal.TagId))
            {
                Assert.InRange(last.MotionlessMinutes, 700, 721);
                Assert.Equal(0, last.ActivityCount);
                Assert.InRange(last.TemperatureCentiCelsius!.Value / 100.0, air - 1, air + 3);
            }
            else
            {
                Assert.InRange(last.MotionlessMinutes, 0, 120);
                Assert.InRange(last.TemperatureCentiCelsius!.Value / 100.0, 27, 40);
            }
        }

        // Cooling is monotonic in the first hours (the air changes slowly then) and most of it is done in three time constants.
        List<int> falling = [.. Demo.ReadingsOf(sink.Frames.Where(f => f.MadeAt > Demo.Start.AddHours(1.1) && f.MadeAt < Demo.Start.AddHours(3)), dead[0])
            .Select(reading => (int)reading.TemperatureCentiCelsius!.Value)];
        Assert.Equal(falling.OrderDescending(), falling);
        Assert.True(falling[0] - falling[^1] > 300);
    }

    [Fact]
    public void Cattle_move_more_at_dawn_than_at_night_and_the_ill_move_less_and_are_warmer()
    {
        var sink = new RecordingSink();
        var truth = new TruthList();
        using var sites = Demo.Sites(Demo.Ranch(80, stations: 1), sink, truth, Demo.Read("""
            { "name": "illness", "natural": false, "events": [ { "at": "PT0S", "do": "illness", "count": 20, "severity": 1, "duration": "P6D" } ] }
            """));
        sites.AdvanceTo(Demo.Start.AddHours(48));

        HashSet<string> ill = [.. truth.Of(TruthFacts.FellIll).Select(fact => fact.Tag!)];
        var second = Demo.Observations(sink.Frames).Where(o => o.Frame.MadeAt > Demo.Start.AddHours(24)).ToList();
        double Activity(bool sick, double localFrom, double localTo) => second
            .Where(o => ill.Contains(o.Seen.Tag.ToString()) == sick)
            .Where(o => o.Frame.MadeAt.ToOffset(WorldDefaults.LocalOffset).TimeOfDay.TotalHours is var h && h >= localFrom && h < localTo)
            .Average(o => (double)o.Seen.Reading.ActivityCount);
        double Temperature(bool sick) => second
            .Where(o => ill.Contains(o.Seen.Tag.ToString()) == sick).Average(o => (double)o.Seen.Reading.TemperatureCentiCelsius!.Value);

        Assert.True(Activity(false, 6, 7) > 4 * Activity(false, 1, 3));
        Assert.True(Activity(true, 6, 19) < 0.5 * Activity(false, 6, 19));
        Assert.True(Temperature(true) > Temperature(false) + 80);
    }

    [Fact]
    public void The_stolen_fall_silent_and_a_cut_tag_says_that_its_loop_is_open()
    {
        var sink = new RecordingSink();
        var truth = new TruthList();
        using var sites = Demo.Sites(Demo.Ranch(40, stations: 2), sink, truth, Demo.Read("""
            { "name": "thieves", "natural": false, "events": [
              { "at": "PT30M", "do": "steal", "count": 3 },
              { "at": "PT30M", "do": "steal", "tags": ["999000000000007"], "cutTags": true },
              { "at": "PT30M", "do": "lose-tag", "tags": ["999000000000008"] } ] }
            """));
        sites.AdvanceTo(Demo.Start.AddHours(3));

        var late = sink.Frames.Where(f => f.MadeAt > Demo.Start.AddMinutes(32)).ToList();
        foreach (TruthFact theft in truth.Of(TruthFacts.Stolen).Where(fact => fact.Detail is null))
        {
            Assert.Empty(Demo.ReadingsOf(late, theft.Tag!));
        }

        TagReading cut = Demo.ReadingsOf(late, "999000000000007").Last();
        TagReading lost = Demo.ReadingsOf(late, "999000000000008").Last();
        Assert.Equal(TagFlags.Removed, cut.Flags);
        Assert.Equal(TagFlags.None, lost.Flags);
        Assert.InRange(lost.MotionlessMinutes, 120, 150);
    }

    [Fact]
    public void Movements_are_counted_once_whatever_the_gap_between_readings()
    {
        var sink = new RecordingSink();
        using var sites = Demo.Sites(Demo.Ranch(1, stations: 1, feeders: 0), sink);
        sites.AdvanceTo(Demo.Start.AddHours(24));

        long last = sink.Frames.Where(f => Demo.Round(f).Count > 0).Max(f => f.MadeAt).ToUnixTimeSeconds() / 60 - 1;
        long first = sink.Frames.Where(f => Demo.Round(f).Count > 0).Min(f => f.MadeAt).ToUnixTimeSeconds() / 60 - 1;
        Animal animal = sites.World.Ranches[0].Animals[0];
        long truly = Enumerable.Range(0, (int)(last - first + 1)).Sum(i => (long)animal.Movements(first + i));
        Assert.Equal(truly, Demo.Observations(sink.Frames).Sum(o => (long)o.Seen.Reading.ActivityCount));
    }

    [Fact]
    public void A_day_of_2000_cattle_costs_less_than_3_seconds_of_processor()
    {
        var sink = new CountingSink();
        using var sites = new Earmark.DeviceSim.SimulatedSites(Demo.Ranch(2000), Demo.Seed, Demo.Start, true, NoTruthLog.Instance, sink);
        sites.Begin();
        sites.AdvanceTo(Demo.Start.AddHours(1));
        TimeSpan before = Thread();
        sites.AdvanceTo(Demo.Start.AddHours(25));
        TimeSpan spent = Thread() - before;

        TestContext.Current.TestOutputHelper?.WriteLine($"{spent.TotalSeconds:0.00} s for {sink.Count} frames");
        // Debug code is some three times slower than what ships.
        Assert.True(spent < TimeSpan.FromSeconds(3 * (Debugger.IsAttached ? 10 : 3)), $"{spent.TotalSeconds:0.0} s");
    }

    /// <summary>Processor time of this process; other tests run beside, hence the generous bound.</summary>
    private static TimeSpan Thread() => Process.GetCurrentProcess().TotalProcessorTime;

    private sealed class CountingSink : IFrameSink
    {
        public int Count { get; private set; }

        public bool IsOnline(SimulatedDevice device) => true;

        public void Take(MadeFrame frame) => Count++;

        public void UplinkChanged(SimulatedDevice device, Uplink uplink)
        {
        }

        public uint NextBoot(SimulatedDevice device) => 1;
    }
}
