using CsCheck;
using Earmark.Finance;
using Earmark.Valuation;
using Xunit;

namespace Earmark.Tests.Valuation;

public sealed class WeightRuleTests
{
    private const long Day = 86_400;

    [Fact]
    public void Thirty_days_after_a_chute_weighing_of_400_kg()
    {
        // mean 400 + 30 = 430 kg; error² = 6.0² + (0.62 × 30)² + 1.5² × 30 = 36 + 345.96 + 67.5, its root 21.2005… kg
        var error = WeighingKind.Chute.StandardErrorGrams(400_000);
        Assert.Equal(6_000, error);
        var estimate = WeightRule.Estimate(400_000, error, 30 * Day, GrowthPrior.BeefCattle);
        Assert.Equal(new WeightEstimate(430_000, 21_201), estimate);
        Assert.Equal(395_124, estimate.LowerGrams); // 430,000 − 34,875.6…, rounded against the borrower
        Assert.Equal(464_876, estimate.UpperGrams);
        Assert.Equal(new Fraction(918_893), estimate.Confidence); // 395,124 ÷ 430,000
    }

    [Fact]
    public void The_error_grows_with_age_and_the_bound_never_passes_the_last_weighing_on_the_prior_alone() =>
        Gen.Select(Gen.Int[50_000, 700_000], Gen.Enum<WeighingKind>(), Gen.Long[0, 800 * Day], Gen.Long[0, 100 * Day]).Sample((grams, kind, age, more) =>
        {
            var error = kind.StandardErrorGrams(grams);
            var young = WeightRule.Estimate(grams, error, age, GrowthPrior.BeefCattle);
            var old = WeightRule.Estimate(grams, error, age + more, GrowthPrior.BeefCattle);
            return old.StandardErrorGrams >= young.StandardErrorGrams && old.MeanGrams >= young.MeanGrams
                && young.LowerGrams <= grams && old.Confidence <= Fraction.One && old.LowerGrams >= 0;
        });

    [Fact]
    public void Nobody_grows_past_maturity_and_an_animal_weighed_above_it_keeps_its_weight()
    {
        Assert.Equal(750_000, WeightRule.Estimate(700_000, 0, 100 * Day, GrowthPrior.BeefCattle).MeanGrams);
        Assert.Equal(900_000, WeightRule.Estimate(900_000, 0, 100 * Day, GrowthPrior.BeefCattle).MeanGrams);
        Assert.Equal(0, WeightRule.Estimate(10_000, 0, 100 * Day, GrowthPrior.BeefCattle with { DailyGainGrams = -1_000 }).MeanGrams);
    }

    [Fact]
    public void A_weighing_from_the_future_counts_as_of_now() =>
        Assert.Equal(new WeightEstimate(400_000, 6_000), WeightRule.Estimate(400_000, 6_000, -Day, GrowthPrior.BeefCattle));

    [Fact]
    public void No_weight_gives_no_confidence() => Assert.Equal(Fraction.Zero, new WeightEstimate(0, 100).Confidence);

    [Theory]
    [InlineData("chute", WeighingKind.Chute)]
    [InlineData("walk-over", WeighingKind.WalkOver)]
    [InlineData("group", WeighingKind.Group)]
    [InlineData("declared", WeighingKind.Declared)]
    public void Kinds_have_names(string name, WeighingKind kind)
    {
        Assert.True(WeighingKinds.TryParse(name, out var parsed));
        Assert.Equal(kind, parsed);
        Assert.False(WeighingKinds.TryParse(name + "x", out _));
    }
}
