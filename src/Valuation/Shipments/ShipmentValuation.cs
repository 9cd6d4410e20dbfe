using Earmark.Finance;

namespace Earmark.Valuation;

/// <summary>How a shipment's quantity falls. A policy of the institution; the defaults are chosen.</summary>
/// <param name="Freshness">By the time since its node was heard.</param>
/// <param name="OffCorridorSeconds">Off the corridor for this long without a break: shorter is a rest area or a bad fix.</param>
/// <param name="Overdue">By the time past its due time; traffic explains the flat part.</param>
public sealed record ShipmentParameters(Ramp Freshness, int OffCorridorSeconds, Ramp Overdue)
{
    public static readonly ShipmentParameters Default = new(FreshnessRamp.ShipmentDefault, 600, new Ramp(2 * 3_600, 24 * 3_600));
}

/// <summary>What a fleet knows of one shipment.</summary>
/// <param name="WeighedInGrams">As weighed when it was loaded.</param>
/// <param name="SecondsSinceHeard">Since its node was heard; <see cref="AnimalFacts.NeverHeard"/> before.</param>
/// <param name="SecondsOffCorridor">From the first to the newest fix off the corridor without one on it between; 0 on it.</param>
/// <param name="SecondsPastDue">Below zero before.</param>
public readonly record struct ShipmentFacts(
    long WeighedInGrams,
    Standing Standing,
    bool IsSealIntact,
    long SecondsSinceHeard,
    long SecondsOffCorridor,
    long SecondsPastDue);

/// <summary>Shipment: what was weighed in × freshness × confidence (on time), while it is sealed and on its corridor; it has no health of its own.</summary>
public static class ShipmentValuation
{
    public static Quantity Value(in ShipmentFacts facts, ShipmentParameters parameters)
    {
        var reason = ReasonOf(facts, parameters);
        var grams = Math.Max(0, facts.WeighedInGrams);
        return reason != ExclusionReason.None
            ? Quantity.Excluded(reason, grams)
            : Quantity.Of(grams, Fraction.One, parameters.Freshness.At(facts.SecondsSinceHeard), parameters.Overdue.At(facts.SecondsPastDue));
    }

    private static ExclusionReason ReasonOf(in ShipmentFacts facts, ShipmentParameters parameters)
    {
        if ((facts.Standing & Standing.Sold) != 0)
        {
            return ExclusionReason.Sold;
        }

        if (!facts.IsSealIntact)
        {
            return ExclusionReason.SealBroken;
        }

        if (facts.SecondsOffCorridor >= parameters.OffCorridorSeconds)
        {
            return ExclusionReason.OffCorridor;
        }

        if (facts.SecondsPastDue >= parameters.Overdue.ZeroSeconds)
        {
            return ExclusionReason.Overdue;
        }

        var papers = StandingRules.PapersOf(facts.Standing);
        if (papers != ExclusionReason.None)
        {
            return papers;
        }

        if (facts.WeighedInGrams <= 0)
        {
            return ExclusionReason.Unweighed;
        }

        if (facts.SecondsSinceHeard == AnimalFacts.NeverHeard)
        {
            return ExclusionReason.NeverHeard;
        }

        return facts.SecondsSinceHeard >= parameters.Freshness.ZeroSeconds ? ExclusionReason.Silent : ExclusionReason.None;
    }
}
