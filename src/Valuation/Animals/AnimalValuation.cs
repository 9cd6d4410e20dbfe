using Earmark.Finance;

namespace Earmark.Valuation;

/// <summary>What the columns of a ranch hold of one animal, as its value needs it.</summary>
/// <param name="WeightGrams">Mean of the estimate; 0 when never weighed.</param>
/// <param name="Confidence">Lower bound ÷ mean, kept beside the weight: it changes with a weighing or a day, not with a reading.</param>
/// <param name="SecondsSinceHeard">To the instant the report is valid until; <see cref="NeverHeard"/> before the first reading.</param>
public readonly record struct AnimalFacts(
    int WeightGrams,
    Fraction Confidence,
    HealthState Health,
    Presence Presence,
    Standing Standing,
    long SecondsSinceHeard)
{
    public const long NeverHeard = long.MaxValue;
}

/// <summary>Animal: weight × health × freshness × confidence, or the reason why it counts nothing. Integers only, no allocation.</summary>
public static class AnimalValuation
{
    public static Quantity Value(in AnimalFacts facts, Ramp freshness)
    {
        var reason = ReasonOf(facts, freshness);
        return reason != ExclusionReason.None
            ? Quantity.Excluded(reason, facts.WeightGrams)
            : Quantity.Of(facts.WeightGrams, HealthRule.Factor(facts.Health), freshness.At(facts.SecondsSinceHeard), facts.Confidence);
    }

    private static ExclusionReason ReasonOf(in AnimalFacts facts, Ramp freshness)
    {
        if ((facts.Standing & Standing.Sold) != 0)
        {
            return ExclusionReason.Sold;
        }

        if (facts.Health == HealthState.DeadPresumed)
        {
            return ExclusionReason.DeadPresumed;
        }

        if ((facts.Standing & Standing.TagRemoved) != 0)
        {
            return ExclusionReason.TagRemoved;
        }

        if (facts.Presence == Presence.Missing)
        {
            return ExclusionReason.Missing;
        }

        var papers = StandingRules.PapersOf(facts.Standing);
        if (papers != ExclusionReason.None)
        {
            return papers;
        }

        if (facts.WeightGrams <= 0)
        {
            return ExclusionReason.Unweighed;
        }

        if (facts.SecondsSinceHeard == AnimalFacts.NeverHeard)
        {
            return ExclusionReason.NeverHeard;
        }

        return facts.SecondsSinceHeard >= freshness.ZeroSeconds ? ExclusionReason.Silent : ExclusionReason.None;
    }
}
