using CsCheck;
using Earmark.Finance;
using Earmark.Valuation;
using Xunit;

namespace Earmark.Tests.Valuation;

public sealed class LotValuationTests
{
    private const long Day = 86_400;
    private const long Tonne = 1_000_000;

    private static readonly LotFacts Good =
        new(60 * Tonne, 10 * Tonne, 50 * Tonne, Standing.Registered | Standing.Insured, 60, -Day, long.MinValue);

    private static Quantity Value(LotFacts facts) => LotValuation.Value(facts, LotParameters.Default);

    [Fact]
    public void A_lot_is_what_was_weighed_in_less_what_was_weighed_out() =>
        Assert.Equal(new Quantity(ExclusionReason.None, 50 * Tonne, 50 * Tonne, 50 * Tonne, 50 * Tonne), Value(Good));

    [Fact]
    public void The_smaller_of_weighed_and_booked_counts_and_a_gap_beyond_tolerance_costs_its_share()
    {
        // 0.4 % is within tolerance; 2 % costs 2 % more; above 5 % nothing counts.
        Assert.Equal(49_800_000, Value(Good with { BookedGrams = 49_800_000 }).AfterConfidenceGrams);
        Assert.Equal(48_020_000, Value(Good with { BookedGrams = 49 * Tonne }).AfterConfidenceGrams); // 49 t × 0.98
        Assert.Equal(ExclusionReason.None, Value(Good with { BookedGrams = 47_500_000 }).Reason);
        Assert.Equal(new Quantity(ExclusionReason.ReconciliationGap, 47_499_999, 0, 0, 0), Value(Good with { BookedGrams = 47_499_999 }));
        Assert.Equal(ExclusionReason.ReconciliationGap, Value(Good with { BookedGrams = 53 * Tonne }).Reason);
        Assert.Equal(ExclusionReason.ReconciliationGap, Value(Good with { BookedGrams = 0 }).Reason);
    }

    [Fact]
    public void Calibration_shelf_life_and_silence_fall_along_their_ramps()
    {
        Assert.Equal(25 * Tonne, Value(Good with { SecondsPastCalibration = 15 * Day }).AfterConfidenceGrams);
        Assert.Equal(ExclusionReason.CalibrationExpired, Value(Good with { SecondsPastCalibration = 30 * Day }).Reason);
        var old = Value(Good with { SecondsPastShelfLife = 15 * Day, SecondsSinceHeard = 2 * Day });
        Assert.Equal((25 * Tonne, 12_500_000L), (old.AfterHealthGrams, old.AfterFreshnessGrams));
        Assert.Equal(ExclusionReason.BeyondShelfLife, Value(Good with { SecondsPastShelfLife = 30 * Day }).Reason);
        Assert.Equal(ExclusionReason.Silent, Value(Good with { SecondsSinceHeard = 3 * Day }).Reason);
        Assert.Equal(ExclusionReason.NeverHeard, Value(Good with { SecondsSinceHeard = AnimalFacts.NeverHeard }).Reason);
    }

    [Fact]
    public void Papers_and_weighing_come_first()
    {
        Assert.Equal(ExclusionReason.Unweighed, Value(Good with { WeighedInGrams = 0, WeighedOutGrams = 0, BookedGrams = 0 }).Reason);
        Assert.Equal(ExclusionReason.NotInsured, Value(Good with { Standing = Standing.Registered }).Reason);
        Assert.Equal(ExclusionReason.Unregistered, Value(Good with { Standing = Standing.Insured }).Reason);
        Assert.Equal(ExclusionReason.Sold, Value(Good with { Standing = Good.Standing | Standing.Sold }).Reason);
    }

    [Fact]
    public void More_out_than_in_is_nothing_and_never_negative() =>
        Assert.Equal(0, Value(Good with { WeighedOutGrams = 61 * Tonne }).QuantityGrams);

    [Fact]
    public void No_lot_counts_more_than_was_weighed_or_booked() =>
        Gen.Select(Gen.Long[0, 10_000_000_000], Gen.Long[0, 10_000_000_000], Gen.Long[0, 10_000_000_000], Gen.Long[-Day, 40 * Day], Gen.Long[-Day, 40 * Day])
            .Sample((weighedIn, weighedOut, booked, calibration, shelfLife) =>
            {
                var value = Value(Good with
                {
                    WeighedInGrams = weighedIn, WeighedOutGrams = weighedOut, BookedGrams = booked, SecondsPastCalibration = calibration, SecondsPastShelfLife = shelfLife,
                });
                return value.AfterConfidenceGrams <= Math.Max(0, weighedIn - weighedOut) && value.AfterConfidenceGrams <= booked
                    && new CollateralRow("c", "", "", 1, value.QuantityGrams, value.AfterHealthGrams, value.AfterFreshnessGrams, value.AfterConfidenceGrams).IsWellFormed;
            });
}
