namespace Earmark.Finance;

public enum OwedPart
{
    Penalty,
    Fee,
    Interest,
    Principal,
}

/// <summary>What is owed, or what of it is paid, by part.</summary>
public readonly record struct Owed(Money Penalty, Money Fee, Money Interest, Money Principal)
{
    public Money Total => Penalty + Fee + Interest + Principal;

    public Money this[OwedPart part] => part switch
    {
        OwedPart.Penalty => Penalty,
        OwedPart.Fee => Fee,
        OwedPart.Interest => Interest,
        OwedPart.Principal => Principal,
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    internal Owed With(OwedPart part, Money amount) => part switch
    {
        OwedPart.Penalty => this with { Penalty = amount },
        OwedPart.Fee => this with { Fee = amount },
        OwedPart.Interest => this with { Interest = amount },
        OwedPart.Principal => this with { Principal = amount },
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };
}

/// <summary>How a payment was spread: what each part got and what was left over.</summary>
public readonly record struct Allocation(Owed Paid, Money Unapplied)
{
    /// <summary>Penalty, fee, interest, principal.</summary>
    public static readonly IReadOnlyList<OwedPart> DefaultOrder = [OwedPart.Penalty, OwedPart.Fee, OwedPart.Interest, OwedPart.Principal];

    /// <summary>Fills the parts in the order given, each up to what is owed; a part not named gets nothing. Throws for a negative payment.</summary>
    public static Allocation Of(Money payment, Owed owed, IReadOnlyList<OwedPart> order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payment.Fen);
        var left = payment;
        var paid = default(Owed);
        foreach (var part in order)
        {
            var share = Money.Min(left, Money.Max(owed[part] - paid[part], Money.Zero));
            paid = paid.With(part, paid[part] + share);
            left -= share;
        }

        return new Allocation(paid, left);
    }
}
