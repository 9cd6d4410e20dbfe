namespace Earmark.Finance;

/// <summary>分期: what is due on one day. The balance is the principal left at the end of that day, with what is drawn on it.</summary>
public sealed record Instalment(int Number, DateOnly DueOn, Money Principal, Money Interest, Money BalanceAfter)
{
    public Money Fees { get; init; }

    public Money Penalty { get; init; }

    /// <summary>Interest run up by this day and due with a later row: in interest grace, or what an equal instalment had no room for.</summary>
    public Money InterestBehind { get; init; }

    public Money Total => Principal + Interest + Fees + Penalty;
}

/// <summary>A repayment plan. The principals sum to what was lent, to the fen; every method answers with this shape.</summary>
public sealed record Schedule(Money Principal, IReadOnlyList<Instalment> Instalments)
{
    public Money TotalInterest => Money.Sum(Instalments.Select(instalment => instalment.Interest));
}
