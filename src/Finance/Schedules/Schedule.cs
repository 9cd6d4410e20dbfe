namespace Earmark.Finance;

/// <summary>分期: what is due on one day, and the principal left after it.</summary>
public sealed record Instalment(int Number, DateOnly DueOn, Money Principal, Money Interest, Money BalanceAfter)
{
    public Money Total => Principal + Interest;
}

/// <summary>A repayment plan. The principals sum to what was lent, to the fen; every method answers with this shape.</summary>
public sealed record Schedule(Money Principal, IReadOnlyList<Instalment> Instalments)
{
    public Money TotalInterest => Money.Sum(Instalments.Select(instalment => instalment.Interest));
}
