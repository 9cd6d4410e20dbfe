using Earmark.Finance;

namespace Earmark.Valuation;

/// <summary>What a warehouse knows of one lot.</summary>
/// <param name="WeighedInGrams">Sum of stable weighings inbound.</param>
/// <param name="WeighedOutGrams">Sum of stable weighings outbound.</param>
/// <param name="BookedGrams">What the warehouse's book says is there.</param>
/// <param name="SecondsSinceHeard">Since a device of its zone was heard; <see cref="AnimalFacts.NeverHeard"/> before.</param>
/// <param name="SecondsPastCalibration">Below zero while the calibration holds.</param>
/// <param name="SecondsPastShelfLife">Below zero while it keeps; <see cref="long.MinValue"/> for goods that do not perish.</param>
public readonly record struct LotFacts(
    long WeighedInGrams,
    long WeighedOutGrams,
    long BookedGrams,
    Standing Standing,
    long SecondsSinceHeard,
    long SecondsPastCalibration,
    long SecondsPastShelfLife);

/// <summary>
/// Lot: the smaller of weighed and booked, × shelf life (in the health column) × freshness × confidence, which is calibration × reconciliation.
/// Each of them lowers value along a ramp; at the ramp's end the lot is excluded with that reason.
/// </summary>
public static class LotValuation
{
    public static Quantity Value(in LotFacts facts, LotParameters parameters)
    {
        var weighed = Math.Max(0, facts.WeighedInGrams - facts.WeighedOutGrams);
        var booked = Math.Max(0, facts.BookedGrams);
        var counted = Math.Min(weighed, booked);
        var gap = GapOf(weighed, booked);
        var reason = ReasonOf(facts, parameters, gap);
        if (reason != ExclusionReason.None)
        {
            return Quantity.Excluded(reason, counted);
        }

        var reconciled = gap > parameters.GapTolerance ? gap.Complement : Fraction.One;
        return Quantity.Of(
            counted,
            parameters.ShelfLife.At(facts.SecondsPastShelfLife),
            parameters.Freshness.At(facts.SecondsSinceHeard),
            parameters.Calibration.At(facts.SecondsPastCalibration).Times(reconciled));
    }

    /// <summary>|weighed − booked| ÷ the larger of the two, rounded up to the millionth; 1 when one of them is nothing, 0 when both are.</summary>
    public static Fraction GapOf(long weighedGrams, long bookedGrams)
    {
        var larger = Math.Max(weighedGrams, bookedGrams);
        var difference = (Int128)larger - Math.Min(weighedGrams, bookedGrams);
        return larger == 0 ? Fraction.Zero : new Fraction((int)Rounding.Up.Divide(difference * Fraction.Scale, larger));
    }

    private static ExclusionReason ReasonOf(in LotFacts facts, LotParameters parameters, Fraction gap)
    {
        if ((facts.Standing & Standing.Sold) != 0)
        {
            return ExclusionReason.Sold;
        }

        var papers = StandingRules.PapersOf(facts.Standing);
        if (papers != ExclusionReason.None)
        {
            return papers;
        }

        if (facts.SecondsPastCalibration >= parameters.Calibration.ZeroSeconds)
        {
            return ExclusionReason.CalibrationExpired;
        }

        if (facts.WeighedInGrams <= 0)
        {
            return ExclusionReason.Unweighed;
        }

        if (gap > parameters.GapLimit)
        {
            return ExclusionReason.ReconciliationGap;
        }

        if (facts.SecondsPastShelfLife >= parameters.ShelfLife.ZeroSeconds)
        {
            return ExclusionReason.BeyondShelfLife;
        }

        if (facts.SecondsSinceHeard == AnimalFacts.NeverHeard)
        {
            return ExclusionReason.NeverHeard;
        }

        return facts.SecondsSinceHeard >= parameters.Freshness.ZeroSeconds ? ExclusionReason.Silent : ExclusionReason.None;
    }
}
