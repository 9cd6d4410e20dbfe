using Earmark.Finance;

namespace Earmark.Valuation;

/// <summary>
/// An asset's quantity in grams and what is left of it after each factor, cumulative and rounded down to the gram each time.
/// With a reason the quantity is what it would be and all else is zero.
/// </summary>
public readonly record struct Quantity(
    ExclusionReason Reason,
    long QuantityGrams,
    long AfterHealthGrams,
    long AfterFreshnessGrams,
    long AfterConfidenceGrams)
{
    public bool IsExcluded => Reason != ExclusionReason.None;

    internal static Quantity Excluded(ExclusionReason reason, long grams) => new(reason, grams, 0, 0, 0);

    internal static Quantity Of(long grams, Fraction health, Fraction freshness, Fraction confidence)
    {
        var afterHealth = health.OfGrams(grams);
        var afterFreshness = freshness.OfGrams(afterHealth);
        return new Quantity(ExclusionReason.None, grams, afterHealth, afterFreshness, confidence.OfGrams(afterFreshness));
    }
}
