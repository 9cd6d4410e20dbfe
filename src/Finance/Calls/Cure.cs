namespace Earmark.Finance;

/// <summary>Two ways back to a target LTV: pay this much, or add this much eligible value. Each suffices alone; both are rounded up to the fen.</summary>
public readonly record struct Cure(Money Payment, Money AddedEligibleValue)
{
    /// <summary>
    /// Payment = debt − ⌊eligible × target⌋; added value = ⌈debt ÷ target⌉ − eligible; neither below zero.
    /// Example: debt 800,000, eligible 1,000,000, target 0.65: pay 150,000 or add 230,769.24 yuan of eligible value.
    /// </summary>
    public static Cure To(Fraction target, Money debt, Money eligible)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(target.Millionths);
        var payment = debt - eligible.Times(target, Rounding.Down);
        var needed = checked((long)Rounding.Up.Divide((Int128)debt.Fen * Fraction.Scale, target.Millionths));
        return new Cure(Money.Max(payment, Money.Zero), Money.Max(new Money(needed) - eligible, Money.Zero));
    }
}
