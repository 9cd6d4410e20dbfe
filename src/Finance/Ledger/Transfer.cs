namespace Earmark.Finance;

public enum TransferKind
{
    Draw,
    InterestAccrual,
    FeeCharge,
    PenaltyAccrual,
    Repayment,
    Reversal,
}

/// <summary>
/// An immutable booking of postings that sum to zero per currency. The id is made by the caller before the first try:
/// the same id with the same body is the same transfer, with another body it is refused.
/// </summary>
public sealed record Transfer(string Id, TransferKind Kind, DateOnly EffectiveOn, IReadOnlyList<Posting> Postings)
{
    /// <summary>Whether a repeat of this id asks for the same thing; the order of the postings says nothing.</summary>
    public bool HasSameBody(Transfer other) =>
        Kind == other.Kind && EffectiveOn == other.EffectiveOn && Postings.Count == other.Postings.Count
        && Ordered(Postings).SequenceEqual(Ordered(other.Postings));

    /// <summary>The correction of this transfer: the same legs with the other sign. Nothing booked is ever changed.</summary>
    public Transfer Reverse(string id, DateOnly effectiveOn) =>
        new(id, TransferKind.Reversal, effectiveOn, [.. Postings.Select(posting => posting with { Amount = -posting.Amount })]);

    private static IEnumerable<Posting> Ordered(IReadOnlyList<Posting> postings) =>
        postings.OrderBy(posting => posting.Account.Kind)
            .ThenBy(posting => posting.Account.Owner, StringComparer.Ordinal)
            .ThenBy(posting => posting.Account.Currency, StringComparer.Ordinal)
            .ThenBy(posting => posting.Amount);
}
