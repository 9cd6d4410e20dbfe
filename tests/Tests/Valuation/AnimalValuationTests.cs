using CsCheck;
using Earmark.Finance;
using Earmark.Valuation;
using Earmark.Valuation.Growth;
using Xunit;

namespace Earmark.Tests.Valuation;

public sealed class AnimalValuationTests
{
    private const long Hour = 3_600;

    private static readonly AnimalFacts Good =
        new(500_000, new Fraction(900_000), HealthState.Healthy, Presence.Present, Standing.Registered | Standing.Insured, 60);

    private static Quantity Value(AnimalFacts facts) => AnimalValuation.Value(facts, FreshnessRamp.Default);

    [Fact]
    public void Each_factor_lowers_the_figure_before_it()
    {
        // Watched (0.8), heard 48 h ago (0.5), confidence 0.9: 500 → 400 → 200 → 180 kg
        var value = Value(Good with { Health = HealthState.Watch, SecondsSinceHeard = 48 * Hour });
        Assert.Equal(new Quantity(ExclusionReason.None, 500_000, 400_000, 200_000, 180_000), value);
        Assert.Equal(new Quantity(ExclusionReason.None, 500_000, 500_000, 500_000, 450_000), Value(Good));
    }

    [Fact]
    public void Freshness_is_whole_to_24_hours_and_nothing_from_72_on()
    {
        Assert.Equal(500_000, Value(Good with { SecondsSinceHeard = 24 * Hour }).AfterFreshnessGrams);
        Assert.True(Value(Good with { SecondsSinceHeard = (24 * Hour) + 1 }).AfterFreshnessGrams < 500_000);
        Assert.Equal(ExclusionReason.None, Value(Good with { SecondsSinceHeard = (72 * Hour) - 1 }).Reason);
        Assert.Equal(ExclusionReason.Silent, Value(Good with { SecondsSinceHeard = 72 * Hour }).Reason);
        Assert.Equal(ExclusionReason.NeverHeard, Value(Good with { SecondsSinceHeard = AnimalFacts.NeverHeard }).Reason);
    }

    [Fact]
    public void Each_reason_excludes_and_the_first_in_order_is_named()
    {
        var facts = Good with { SecondsSinceHeard = 99 * Hour };
        Assert.Equal(ExclusionReason.Silent, Value(facts).Reason);
        Assert.Equal(ExclusionReason.Unweighed, Value(facts = facts with { WeightGrams = 0 }).Reason);
        Assert.Equal(ExclusionReason.NotInsured, Value(facts = facts with { Standing = Standing.Registered }).Reason);
        Assert.Equal(ExclusionReason.Quarantined, Value(facts = facts with { Standing = Standing.Registered | Standing.Quarantined }).Reason);
        Assert.Equal(ExclusionReason.Unregistered, Value(facts = facts with { Standing = Standing.None }).Reason);
        Assert.Equal(ExclusionReason.Missing, Value(facts = facts with { Presence = Presence.Missing }).Reason);
        Assert.Equal(ExclusionReason.TagRemoved, Value(facts = facts with { Standing = Standing.TagRemoved }).Reason);
        Assert.Equal(ExclusionReason.DeadPresumed, Value(facts = facts with { Health = HealthState.DeadPresumed }).Reason);
        Assert.Equal(ExclusionReason.Sold, Value(facts with { Standing = Standing.Sold }).Reason);
    }

    [Fact]
    public void Silence_and_outage_lower_value_only_along_the_ramp()
    {
        Assert.Equal(Value(Good), Value(Good with { Presence = Presence.Silent }));
        Assert.Equal(Value(Good), Value(Good with { Presence = Presence.Unobserved }));
    }

    [Fact]
    public void What_is_excluded_keeps_its_quantity_for_the_reasons() =>
        Assert.Equal(new Quantity(ExclusionReason.DeadPresumed, 500_000, 0, 0, 0), Value(Good with { Health = HealthState.DeadPresumed }));

    [Fact]
    public void Any_animal_makes_a_well_formed_row_and_worse_news_never_raises_it() =>
        Gen.Select(Gen.Int[0, 1_500_000], Gen.Int[0, 1_000_000], Gen.Enum<HealthState>(), Gen.Enum<Presence>(), Gen.Int[0, 31], Gen.Long[0, 90 * Hour])
            .Select(Gen.Long[0, 90 * Hour]).Sample((animal, later) =>
            {
                var (grams, confidence, health, presence, standing, age) = animal;
                var facts = new AnimalFacts(grams, new Fraction(confidence), health, presence, (Standing)standing, age);
                var value = Value(facts);
                var row = new CollateralRow("c", "", "", 1, value.QuantityGrams, value.AfterHealthGrams, value.AfterFreshnessGrams, value.AfterConfidenceGrams);
                return row.IsWellFormed
                    && Value(facts with { SecondsSinceHeard = age + later }).AfterConfidenceGrams <= value.AfterConfidenceGrams
                    && (health == HealthState.DeadPresumed || Value(facts with { Health = health + 1 }).AfterConfidenceGrams <= value.AfterConfidenceGrams);
            });

    [Fact]
    public void A_pass_over_the_herd_allocates_nothing()
    {
        // The first pass makes the default parameters, once a process.
        Assert.True(Pass() > 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Pass();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static long Pass()
    {
        long sum = 0;
        for (var i = 0; i < 10_000; i++)
        {
            var estimate = GrowthRule.At(GrowthRule.Begin(400_000 + i, WeighingKind.Chute, GrowthCurve.Cattle), i * Hour, GrowthCurve.Cattle);
            var verdict = HealthRule.Assess(new HealthSigns(i % 300, 30_00, 34_00, i * 100), HealthParameters.Default);
            sum += Value(new AnimalFacts(estimate.MeanGrams, estimate.Confidence, verdict.State, Presence.Present, Good.Standing, i * 10)).AfterConfidenceGrams;
        }

        return sum;
    }
}
