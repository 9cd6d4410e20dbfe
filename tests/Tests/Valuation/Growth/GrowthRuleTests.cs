using CsCheck;
using Earmark.Finance;
using Earmark.Valuation;
using Earmark.Valuation.Growth;
using Xunit;

namespace Earmark.Tests.Valuation.Growth;

public sealed class GrowthRuleTests
{
    private const long Day = 86_400;

    private static readonly Gen<AnimalGrowth> AnyGrowth =
        Gen.Select(Gen.Int[1, 1_200_000], Gen.Enum<WeighingKind>(), Gen.Long[0, 120 * Day]).List[1, 8].Select(weighings =>
        {
            var growth = default(AnimalGrowth);
            foreach (var (grams, kind, later) in weighings)
            {
                growth = GrowthRule.Weigh(growth, later, grams, kind, GrowthCurve.Cattle);
            }

            return growth;
        });

    [Fact]
    public void The_first_weighing_is_the_weight_and_its_class_gives_the_gain()
    {
        var growth = GrowthRule.Begin(400_000, WeighingKind.Chute, GrowthCurve.Cattle);
        Assert.Equal(new WeightEstimate(400_000, 6_000), At(growth, 0));
        Assert.Equal(893, growth.GainGrams); // 0.0038 × 400 × ln(720 ÷ 400) = 0.8934… kg a day
        Assert.Equal(400, growth.GainErrorGrams);
    }

    [Fact]
    public void Thirty_days_on_the_gain_has_slowed_and_the_doubt_has_grown()
    {
        // λ = 0.0038 × (1 − ln(720 ÷ 400)) + 0.001 = 0.002566…; 30 ÷ (1 + λ × 15) = 28.888 days; × 0.893 = 25.797 kg.
        // error² = 6² + (0.4 × 30)² + 0.0006 × 30³ ÷ 3 = 36 + 144 + 5.4, its root 13.616 kg.
        var growth = GrowthRule.Begin(400_000, WeighingKind.Chute, GrowthCurve.Cattle);
        var estimate = At(growth, 30 * Day);
        Assert.InRange(estimate.MeanGrams, 425_790, 425_805);
        Assert.InRange(estimate.StandardErrorGrams, 13_616, 13_618);
    }

    [Fact]
    public void Weighings_one_after_the_other_teach_the_gain_and_narrow_the_error()
    {
        var growth = Weighed(8, 0.5);
        Assert.InRange(growth.GainGrams, 400, 580);
        Assert.True(growth.GainErrorGrams < 160);
        Assert.True(At(growth, 0).StandardErrorGrams < 5_500);
    }

    [Fact]
    public void One_misread_weighing_is_believed_little_and_a_second_like_it_more()
    {
        var sound = Weighed(6, 1);
        var (expected, _) = At(sound, 30 * Day);
        var once = GrowthRule.Weigh(sound, 30 * Day, expected / 2, WeighingKind.Chute, GrowthCurve.Cattle);
        Assert.InRange(once.LevelGrams, expected - 60_000, expected);
        var twice = GrowthRule.Weigh(once, Day, expected / 2, WeighingKind.Chute, GrowthCurve.Cattle);
        Assert.True(twice.LevelGrams < once.LevelGrams);
    }

    [Fact]
    public void A_correction_of_the_same_instant_takes_the_place_of_what_was_weighed()
    {
        var growth = GrowthRule.Begin(400_000, WeighingKind.Chute, GrowthCurve.Cattle);
        Assert.Equal(420_000, GrowthRule.Weigh(growth, 0, 420_000, WeighingKind.Chute, GrowthCurve.Cattle).LevelGrams);
    }

    [Fact]
    public void An_animal_that_walks_over_the_scale_is_weighed_without_its_fill() =>
        Assert.Equal(394_000, GrowthRule.Begin(400_000, WeighingKind.WalkOver, GrowthCurve.Cattle).LevelGrams);

    [Fact]
    public void An_animal_never_weighed_has_no_weight() => Assert.Equal(default, At(default, Day));

    [Fact]
    public void Doubt_grows_with_time_and_the_lower_bound_is_nowhere_below_both_ends() =>
        Gen.Select(AnyGrowth, Gen.Long[0, 200 * Day], Gen.Long[0, 200 * Day], Gen.Double[0, 1]).Sample((growth, from, more, share) =>
        {
            var between = from + (long)(share * more);
            var (first, middle, last) = (At(growth, from), At(growth, between), At(growth, from + more));
            const int rounding = 12;
            return middle.LowerGrams >= Math.Min(first.LowerGrams, last.LowerGrams) - rounding && last.Confidence <= Fraction.One && last.LowerGrams >= 0;
        });

    [Fact]
    public void It_beats_the_last_weight_and_covers_what_it_says_on_herds_it_was_not_made_for()
    {
        var (count, held, error, lastError) = (0, 0, 0.0, 0.0);
        foreach (var family in MadeHerd.Families.Keys)
        {
            foreach (var animal in MadeHerd.Of(family, 11, 40, 240, 35))
            {
                var growth = default(AnimalGrowth);
                var before = 0;
                foreach (var weighing in animal.Weighed.Weighings)
                {
                    growth = GrowthRule.Weigh(growth, (weighing.Day - before) * Day, (int)(weighing.Kilograms * 1000), WeighingKind.Chute, GrowthCurve.Cattle);
                    before = weighing.Day;
                }

                var estimate = At(growth, 60 * Day);
                var truth = animal.TrueKilograms(300) * 1000;
                count++;
                held += truth >= estimate.LowerGrams && truth <= estimate.UpperGrams ? 1 : 0;
                error += Math.Abs(estimate.MeanGrams - truth) / truth;
                lastError += Math.Abs((animal.Weighed.Weighings[^1].Kilograms * 1000) - truth) / truth;
            }
        }

        Assert.True(error / count < 0.033 && error < lastError / 2, $"{error / count:P2}, last {lastError / count:P2}");
        Assert.InRange((double)held / count, 0.85, 0.99);
    }

    private static WeightEstimate At(in AnimalGrowth growth, long secondsSince) => GrowthRule.At(growth, secondsSince, GrowthCurve.Cattle);

    private static AnimalGrowth Weighed(int times, double gain)
    {
        var growth = default(AnimalGrowth);
        for (var time = 0; time < times; time++)
        {
            growth = GrowthRule.Weigh(growth, 30 * Day, (int)(1000 * (300 + (gain * 30 * time))), WeighingKind.Chute, GrowthCurve.Cattle);
        }

        return growth;
    }
}
