namespace Earmark.Finance;

/// <summary>A release as it would stand: the cover without what is released.</summary>
public sealed record ReleaseDecision(IReadOnlyList<Refusal> Refusals, CoverResult After)
{
    public bool IsGranted => Refusals.Count == 0;
}

public static class ReleaseRules
{
    /// <summary>
    /// Letting collateral go is lending against the rest: it is measured by the draw factor. Without debt nothing can be breached and
    /// nothing is refused, not even blind: the borrower owes nothing.
    /// </summary>
    public static ReleaseDecision Decide(CoverStanding standing, CoverResult after, CoverTerms terms, DateTimeOffset now)
    {
        if (!after.Debt.IsPositive)
        {
            return new ReleaseDecision([], after);
        }

        var refusals = standing.Blockers(now).ToList();
        CoverStanding.AddIf(refusals, after.Ltv is not { } ltv || ltv > terms.Lines.Draw.Value, Refusal.WouldBreach);
        CoverStanding.AddIf(refusals, terms.Lines.IsBelowMinimumStock(after.MarketValue), Refusal.BelowMinimumStock);
        return new ReleaseDecision(refusals, after);
    }
}
