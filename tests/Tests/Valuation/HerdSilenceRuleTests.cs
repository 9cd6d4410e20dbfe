using CsCheck;
using Earmark.Valuation;
using Xunit;

namespace Earmark.Tests.Valuation;

public sealed class HerdSilenceRuleTests(ITestOutputHelper output)
{
    private const uint Start = 1_800_000_000;

    [Fact]
    public void Rounds_are_counted_since_a_time_and_none_in_an_outage()
    {
        var rounds = default(RoundTimes);
        foreach (var minute in new uint[] { 0, 1, 2, 3, 90, 91 })
        {
            rounds.Take(Start + (60 * minute));
        }

        Assert.Equal(Start + (91 * 60), rounds.Newest);
        Assert.Equal([0, 1, 2, 3, 5, 6], new uint[] { 91, 90, 3, 2, 0 }.Select(minute => rounds.Since(Start + (60 * minute))).Append(rounds.Since(Start - 60)));
        rounds.Take(Start + (400 * 60));
        Assert.Equal(1, rounds.Since(Start));
    }

    [Fact]
    public void Whatever_the_order_and_however_often_the_rounds_are_the_same() =>
        Gen.UInt[0, 400].List[1, 60].Select(Gen.Int[0, 1_000]).Sample((minutes, seed) =>
        {
            var (one, other) = (default(RoundTimes), default(RoundTimes));
            minutes.ForEach(minute => one.Take(Start + (30 * minute)));
            minutes.Concat(minutes).OrderBy(minute => (minute * 2_654_435_761u) ^ (uint)seed).ToList().ForEach(minute => other.Take(Start + (30 * minute)));
            var newest = minutes.Max();
            return Enumerable.Range(0, 420).All(minute => one.Since(Start + (30 * (uint)minute)) == other.Since(Start + (30 * (uint)minute))
                && one.Since(Start + (30 * (uint)minute)) == minutes.Distinct().Count(round => round > minute && round + 256 > newest));
        });

    [Theory]
    [InlineData(0.63, 10)]
    [InlineData(0.75, 8)]
    [InlineData(0.92, 5)]
    public void Ten_stolen_of_two_hundred_and_fifty_are_found_within_so_many_rounds(double heardShare, int rounds)
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var pen = new Pen(250, heardShare, seed);
            pen.Pass(30);
            pen.Steal(10);
            pen.Pass(rounds);
            var silence = pen.Assess();
            Assert.NotNull(silence);
            Assert.InRange(silence.Value.Animals, 7, 13);
        }
    }

    [Theory]
    [InlineData(250, 0.6)]
    [InlineData(250, 0.78)]
    [InlineData(250, 0.95)]
    [InlineData(30, 0.7)]
    public void Chance_alone_is_no_theft(int animals, double heardShare)
    {
        var pen = new Pen(animals, heardShare, 5);
        pen.Pass(30);
        var found = 0;
        for (var round = 0; round < 30_000; round++)
        {
            pen.Pass(1);
            found += pen.Assess() is null ? 0 : 1;
        }

        output.WriteLine($"{found} of 30,000");
        Assert.Equal(0, found);
    }

    [Fact]
    public void Rain_that_makes_hearing_poor_is_no_theft()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var pen = new Pen(250, 0.9, seed);
            pen.Pass(30);
            pen.HeardShare = 0.5;
            for (var round = 0; round < 30; round++)
            {
                pen.Pass(1);
                Assert.Null(pen.Assess());
            }
        }
    }

    [Fact]
    public void A_silent_station_makes_no_rounds_so_nothing_is_found_in_its_silence()
    {
        var pen = new Pen(250, 0.8, 3);
        pen.Pass(30);
        Assert.Null(pen.Assess());
        pen.Wait(hours: 30);
        Assert.Null(pen.Assess());
        pen.Pass(1);
        Assert.Null(pen.Assess());
    }

    [Fact]
    public void A_pen_in_which_nobody_is_heard_though_its_station_speaks_is_told_from_a_silent_station()
    {
        var pen = new Pen(40, 0.8, 3);
        pen.Pass(30);
        pen.Wait(hours: 5);
        Assert.False(pen.IsWhollyUnheard());
        pen.Steal(40);
        pen.Pass(HerdSilenceRule.RoundsOfNobody);
        Assert.True(pen.IsWhollyUnheard());
        Assert.Null(pen.Assess());
    }

    [Fact]
    public void A_few_animals_are_not_judged_as_a_herd()
    {
        var pen = new Pen(9, 0.9, 3);
        pen.Pass(30);
        pen.Steal(6);
        pen.Pass(60);
        Assert.Null(pen.Assess());
    }

    /// <summary>Tags that are heard or not in rounds of a minute.</summary>
    private sealed class Pen(int animals, double heardShare, int seed)
    {
        private readonly uint[] _lastHeard = [.. Enumerable.Repeat(Start, animals)];
        private readonly Random _draws = new(seed);
        private readonly PenTally _tally = new();
        private RoundTimes _rounds;
        private uint _now = Start;
        private int _stolen;

        public double HeardShare { get; set; } = heardShare;

        public void Steal(int count) => _stolen = count;

        public void Wait(int hours) => _now += (uint)hours * 3_600;

        public void Pass(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                _now += 60;
                _rounds.Take(_now);
                for (var animal = _stolen; animal < _lastHeard.Length; animal++)
                {
                    _lastHeard[animal] = _draws.NextDouble() < HeardShare ? _now : _lastHeard[animal];
                }
            }
        }

        public HerdSilence? Assess() => HerdSilenceRule.Assess(Tally(), HerdSilenceParameters.Default);

        public bool IsWhollyUnheard() => HerdSilenceRule.IsWhollyUnheard(Tally(), HerdSilenceParameters.Default);

        private PenTally Tally()
        {
            _tally.Clear();
            Array.ForEach(_lastHeard, lastHeard => _tally.Add(_rounds.Since(lastHeard)));
            return _tally;
        }
    }
}
