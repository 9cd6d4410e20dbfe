using Earmark.Valuation;
using Xunit;

namespace Earmark.Tests.Valuation;

public sealed class ShipmentValuationTests
{
    private const long Hour = 3_600;
    private const long Tonne = 1_000_000;

    private static readonly ShipmentFacts Good = new(20 * Tonne, Standing.Registered | Standing.Insured, true, 30, 0, -Hour);

    private static Quantity Value(ShipmentFacts facts) => ShipmentValuation.Value(facts, ShipmentParameters.Default);

    [Fact]
    public void It_counts_what_was_weighed_in_while_heard_sealed_on_its_corridor_and_on_time() =>
        Assert.Equal(new Quantity(ExclusionReason.None, 20 * Tonne, 20 * Tonne, 20 * Tonne, 20 * Tonne), Value(Good));

    [Fact]
    public void Silence_and_delay_fall_along_their_ramps()
    {
        // Silent 5 h of 2…8 h: half; 13 h late of 2…24 h: half of that.
        var value = Value(Good with { SecondsSinceHeard = 5 * Hour, SecondsPastDue = 13 * Hour });
        Assert.Equal((10 * Tonne, 5 * Tonne), (value.AfterFreshnessGrams, value.AfterConfidenceGrams));
    }

    [Fact]
    public void Each_reason_excludes_and_the_first_in_order_is_named()
    {
        var facts = Good with { SecondsSinceHeard = 8 * Hour };
        Assert.Equal(ExclusionReason.Silent, Value(facts).Reason);
        Assert.Equal(ExclusionReason.NeverHeard, Value(facts = facts with { SecondsSinceHeard = AnimalFacts.NeverHeard }).Reason);
        Assert.Equal(ExclusionReason.Unweighed, Value(facts = facts with { WeighedInGrams = 0 }).Reason);
        Assert.Equal(ExclusionReason.NotInsured, Value(facts = facts with { Standing = Standing.Registered }).Reason);
        Assert.Equal(ExclusionReason.Overdue, Value(facts = facts with { SecondsPastDue = 24 * Hour }).Reason);
        Assert.Equal(ExclusionReason.OffCorridor, Value(facts = facts with { SecondsOffCorridor = 600 }).Reason);
        Assert.Equal(ExclusionReason.SealBroken, Value(facts = facts with { IsSealIntact = false }).Reason);
        Assert.Equal(ExclusionReason.Sold, Value(facts with { Standing = Standing.Sold }).Reason);
    }

    [Fact]
    public void A_short_way_off_the_corridor_costs_nothing() =>
        Assert.Equal(Value(Good), Value(Good with { SecondsOffCorridor = 599 }));
}
