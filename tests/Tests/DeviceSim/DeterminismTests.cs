using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Scripts;
using Earmark.DeviceSim.Truth;
using Xunit;

namespace Earmark.Tests.DeviceSim;

public sealed class DeterminismTests
{
    private const string Script = """
        { "name": "a bit of everything", "events": [
          { "at": "PT10M", "do": "die", "count": 3 },
          { "at": "PT20M", "do": "cut-uplink", "device": "bs-2", "duration": "PT15M" },
          { "at": "PT25M", "do": "station-off", "device": "bs-3", "duration": "PT10M" },
          { "at": "PT30M", "do": "outbound-unbooked", "lot": "lot-003", "kg": 9000 },
          { "at": "PT40M", "do": "divert-truck", "device": "gps-4" } ] }
        """;

    [Fact]
    public void The_same_seed_and_script_give_the_same_frames_and_truth_however_time_is_cut()
    {
        (List<string> frames, List<string> truth) = Run(Demo.Seed, TimeSpan.FromHours(2));
        (List<string> again, List<string> truthAgain) = Run(Demo.Seed, TimeSpan.FromSeconds(7));

        Assert.True(frames.Count > 1000, $"only {frames.Count} frames");
        Assert.Equal(frames, again);
        Assert.Equal(truth, truthAgain);
    }

    [Fact]
    public void Another_seed_gives_another_world()
    {
        (List<string> frames, List<string> truth) = Run(Demo.Seed, TimeSpan.FromMinutes(5));
        (List<string> other, List<string> otherTruth) = Run(Demo.Seed + 1, TimeSpan.FromMinutes(5));

        Assert.NotEqual(frames, other);
        Assert.NotEqual(truth, otherTruth);
    }

    [Fact]
    public void One_more_tag_leaves_the_other_animals_as_they_were()
    {
        var few = new RecordingSink();
        var more = new RecordingSink();
        using (var sites = Demo.Sites(Demo.Ranch(100), few))
        using (var bigger = Demo.Sites(Demo.Ranch(101), more))
        {
            sites.AdvanceTo(Demo.Start.AddMinutes(20));
            bigger.AdvanceTo(Demo.Start.AddMinutes(20));
        }

        var others = Demo.Observations(more.Frames).Where(o => !o.Seen.Tag.ToString().EndsWith("101", StringComparison.Ordinal));
        Assert.Equal(Demo.Observations(few.Frames).Select(o => o.Seen), others.Select(o => o.Seen));
    }

    private static (List<string> Frames, List<string> Truth) Run(ulong seed, TimeSpan step)
    {
        var sink = new RecordingSink();
        var truth = new TruthList();
        Scenario scenario = Demo.Read(Script);
        using var sites = Demo.Sites(Demo.Everything(), sink, truth, scenario, seed);
        DateTimeOffset end = Demo.Start.AddHours(2);
        for (DateTimeOffset now = Demo.Start; now < end; now += step)
        {
            sites.AdvanceTo(now);
        }

        sites.AdvanceTo(end);
        return (sink.Frames.ConvertAll(frame => Convert.ToHexString(frame.Bytes)), truth.Facts.ConvertAll(TruthFile.Line));
    }
}
