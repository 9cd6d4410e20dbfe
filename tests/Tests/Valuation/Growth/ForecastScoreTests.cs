using Xunit;

namespace Earmark.Tests.Valuation.Growth;

/// <summary>The forecast against herds that grow by other laws than its own. Figures are of simulated herds, and say so where they are published.</summary>
public sealed class ForecastScoreTests(ITestOutputHelper output)
{
    private static readonly int[] Horizons = [30, 60, 120];

    [Theory]
    [InlineData(60, 240, 35, 0.025, 0.033, 0.06)]
    [InlineData(12, 150, 30, 0.027, 0.04, 0.075)]
    public void It_beats_every_simple_rule_on_herds_it_was_not_made_for(int animals, int span, int every, double at30, double at60, double at120)
    {
        double[] limits = [at30, at60, at120];
        for (var horizon = 0; horizon < Horizons.Length; horizon++)
        {
            var score = Score([1], animals, span, every, Horizons[horizon]);
            output.WriteLine($"{Horizons[horizon]} days, {score}");
            Assert.True(score.Error < score.BestSimpleRule, $"{Horizons[horizon]} days: {score}");
            Assert.True(score.Error <= limits[horizon], $"{Horizons[horizon]} days: {score}");
            Assert.True(score.Coverage >= 0.85 && score.CoverageOfWeighing is >= 0.8 and <= 0.97, $"{Horizons[horizon]} days: {score}");
        }
    }

    [Trait("Length", "Long")]
    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(120)]
    public void It_beats_every_simple_rule_in_each_family_over_many_seeds_and_designs(int horizon)
    {
        var all = new ForecastScore();
        foreach (var family in MadeHerd.Families.Keys)
        {
            var score = new ForecastScore();
            for (var seed = 101; seed <= 106; seed++)
            {
                foreach (var (animals, span, every) in new[] { (60, 240, 35), (40, 120, 14), (150, 150, 30), (5, 150, 30), (30, 365, 7) })
                {
                    var herd = MadeHerd.Of(family, seed, animals, span, every);
                    score.Add(herd, span + horizon);
                    all.Add(herd, span + horizon);
                }
            }

            output.WriteLine($"{family}, {horizon} days, {score}");
            // Gains that wander for good are what a curve of one's own follows as well as anything 120 days ahead.
            Assert.True(score.Error < score.BestSimpleRule * (horizon == 120 ? 1.05 : 1), $"{family}: {score}");
        }

        Assert.True(all.Error < all.BestSimpleRule, $"all: {all}");
        output.WriteLine($"all, {horizon} days, {all}");
        Assert.InRange(all.CoverageOfWeighing, 0.85, 0.97);
    }

    private static ForecastScore Score(int[] seeds, int animals, int span, int every, int horizon)
    {
        var score = new ForecastScore();
        foreach (var family in MadeHerd.Families.Keys)
        {
            foreach (var seed in seeds)
            {
                score.Add(MadeHerd.Of(family, seed, animals, span, every), span + horizon);
            }
        }

        return score;
    }
}
