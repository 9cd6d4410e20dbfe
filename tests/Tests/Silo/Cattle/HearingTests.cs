using CsCheck;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.Tests.Silo.Sites;
using Xunit;
using static Earmark.Tests.Silo.Cattle.RanchWorld;

namespace Earmark.Tests.Silo.Cattle;

public sealed class HearingTests
{
    private readonly FoldRun _ranch = new FoldRun(SiteKind.Ranch, Site).Submit(Opening(5));

    [Fact]
    public void Late_readings_in_any_order_end_in_the_same_herd() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 60 * 48]).List[1, 40]
            // One reading a tag and minute: what two stations send late of one round is counted twice, a known limit (docs/decisions/sites.md).
            .Select(readings => readings.Distinct().ToArray())
            .SelectMany(readings => Gen.Shuffle(readings).Select(order => (readings, order)))
            .Sample(
                both => Assert.Equal(Herd(both.readings), Herd(both.order)),
                iter: 60);

    [Fact]
    public void A_late_reading_changes_its_digest_and_nothing_newer()
    {
        _ranch.Wait(TimeSpan.FromHours(12));
        _ranch.Hear("bs-1", Round("bs-1", 1, _ranch.Now, Well, 1));
        var before = _ranch.Asset(Animal(1));
        _ranch.Hear("bs-1", Round("bs-1", 2, _ranch.Now.AddHours(-10), Dead, 1)).Tick();
        var after = _ranch.Asset(Animal(1));

        Assert.Equal(before.Line, after.Line);
        Assert.Single(before.Digests);
        Assert.Equal(2, after.Digests.Length);
        Assert.Equal(400, after.Digests[0].MotionlessMinutes);
    }

    [Fact]
    public void Late_readings_that_change_what_is_usual_are_judged_at_the_next_tick()
    {
        // Motionless at 32 °C: cold only for an animal whose ear is usually warmer, which nobody knows yet.
        _ranch.Wait(TimeSpan.FromHours(40)).Hear("bs-1", Round("bs-1", 1, _ranch.Now, Dead with { TemperatureCentiCelsius = 3200 }, 1));
        Assert.Equal("sick", _ranch.Asset(Animal(1)).Line.State);
        for (uint hour = 20; hour < 40; hour++)
        {
            _ranch.Hear("bs-1", Round("bs-1", hour, _ranch.Now.AddHours(-hour), Well, 1));
        }

        Assert.Equal("sick", _ranch.Asset(Animal(1)).Line.State);
        Assert.Equal("dead-presumed", _ranch.Tick().Asset(Animal(1)).Line.State);
    }

    [Fact]
    public void What_is_older_than_three_days_changes_no_animal()
    {
        _ranch.Wait(TimeSpan.FromDays(4));
        _ranch.Hear("bs-1", Round("bs-1", 1, _ranch.Now.AddDays(-3), Well, 1));
        Assert.Null(_ranch.Asset(Animal(1)).Line.LastHeardAt);
        _ranch.Hear("bs-1", Round("bs-1", 2, _ranch.Now.AddDays(-3).AddSeconds(1), Well, 1));
        Assert.NotNull(_ranch.Asset(Animal(1)).Line.LastHeardAt);
    }

    [Theory]
    [InlineData("bs-1", "bs-2")]
    [InlineData("bs-2", "bs-1")]
    public void Two_stations_hearing_one_round_count_its_movements_once(string first, string second)
    {
        _ranch.Wait(TimeSpan.FromMinutes(5));
        var near = Well with { RssiDbm = -40 };
        var far = Well with { RssiDbm = -90 };
        foreach (var station in new[] { first, second })
        {
            _ranch.Hear(station, Round(station, 1, _ranch.Now, station == "bs-1" ? near : far, 1));
        }

        var animal = _ranch.Asset(Animal(1));
        Assert.Equal((1, 20), (Assert.Single(animal.Digests).Heard, animal.Digests[0].ActivityCount));
        Assert.Equal("bs-1", animal.Facts.Single(fact => fact.Name == "station").Value);
    }

    [Fact]
    public void A_dead_animal_that_moves_counts_again_only_when_its_tag_agrees()
    {
        Hear(1, Well);
        Hear(2, Dead);
        Assert.Equal("dead-presumed", _ranch.Asset(Animal(1)).Line.ExcludedBecause);
        _ranch.Submit(new AnswerTransition("a", Tag(1), Animal(1), "dead-presumed", true, null, 1));
        Hear(3, Well);
        Assert.Equal("dead-presumed", _ranch.Asset(Animal(1)).Line.ExcludedBecause);
        Assert.Equal("revived", Assert.Single(_ranch.Fold.Core.Transitions.Open).Transition);
        _ranch.Submit(new AnswerTransition("b", Tag(1), Animal(1), "revived", true, null, 2));
        Assert.Equal("healthy", _ranch.Asset(Animal(1)).Line.State);
        Assert.True(_ranch.Asset(Animal(1)).Line.EligibleGrams > 0);

        void Hear(uint sequence, TagReading reading) =>
            _ranch.Wait(TimeSpan.FromMinutes(1)).Hear("bs-1", Round("bs-1", sequence, _ranch.Now, reading, 1));
    }

    [Fact]
    public void A_tag_that_was_cut_off_vouches_for_no_animal_until_another_is_bound()
    {
        _ranch.Wait(TimeSpan.FromMinutes(1)).Hear("bs-1", Round("bs-1", 1, _ranch.Now, Well with { Flags = TagFlags.Removed }, 1));
        Assert.Equal("tag-removed", _ranch.Asset(Animal(1)).Line.ExcludedBecause);
        Assert.Equal("tampered", Assert.Single(_ranch.Fold.Core.Transitions.Open).Transition);

        _ranch.Submit(new BindTag("bind", "operator", Animal(1), Tag(77), "replaced"));
        Assert.Empty(_ranch.Fold.Core.Transitions.Open);
        _ranch.Wait(TimeSpan.FromMinutes(1)).Hear("bs-1", Round("bs-1", 2, _ranch.Now, Well, 77, 1));
        Assert.Null(_ranch.Asset(Animal(1)).Line.ExcludedBecause);
        Assert.Equal(1, _ranch.Fold.Summary(1, [], [], []).Counts["strangers"]);
    }

    [Fact]
    public void Nothing_heard_moves_an_animal_to_another_pen()
    {
        _ranch.Wait(TimeSpan.FromMinutes(1)).Hear("bs-2", Round("bs-2", 1, _ranch.Now, Well, 1));
        Assert.Equal("pen-1", _ranch.Asset(Animal(1)).Line.Zone);
        _ranch.Submit(new MoveAssets("move", "operator", [Animal(1)], "pen-2"));
        Assert.Equal("pen-2", _ranch.Asset(Animal(1)).Line.Zone);
    }

    private static string Herd(IReadOnlyList<(int Animal, int MinutesAgo)> readings)
    {
        var ranch = new FoldRun(SiteKind.Ranch, Site).Submit(Opening(5)).Wait(TimeSpan.FromHours(50));
        uint sequence = 0;
        foreach (var (animal, minutesAgo) in readings)
        {
            // A tag is heard once in a round, so what it says follows from the minute.
            var reading = new TagReading(-60, TagFlags.None, 12, (ushort)minutesAgo, (ushort)(minutesAgo % 100), (short)(3600 + (minutesAgo % 200)));
            ranch.Hear("bs-1", Round("bs-1", ++sequence, ranch.Now.AddMinutes(-minutesAgo), reading, animal));
        }

        ranch.Wait(TimeSpan.FromMinutes(1)).Tick().Tick();
        var assets = Enumerable.Range(1, 5).Select(number => ranch.Asset(Animal(number)));
        return string.Join('\n', assets.Select(asset => $"{asset.Line} {string.Join(' ', asset.Digests)} {string.Join(' ', asset.Facts)}"));
    }
}
