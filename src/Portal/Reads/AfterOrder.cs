using Earmark.Contracts.Lending;
using Earmark.Finance;

namespace Earmark.Portal.Reads;

/// <summary>
/// What would stand after a draw or a release, from the newest view. It authorises nothing: the facility computes again
/// when the order comes, on its own figures.
/// </summary>
/// <param name="Refusals">Reasons for which it would be refused now.</param>
public sealed record AfterOrder(long DebtFen, long EligibleValueFen, long? LtvPpm, IReadOnlyList<string> Refusals)
{
    public static AfterOrder Draw(FacilityView view, long amountFen, DateTimeOffset now)
    {
        var after = view.DebtFen > long.MaxValue - amountFen ? long.MaxValue : view.DebtFen + amountFen;
        var refusals = Blockers(view, now);
        AddIf(refusals, !view.IsUnsecured && (LtvOf(after, view.EligibleValueFen) is not { } ltv || ltv > view.Lines.DrawPpm), Refusal.WouldBreach);
        AddIf(refusals, view.PrincipalFen > view.LimitFen - amountFen, Refusal.OverLimit);
        AddIf(refusals, !view.IsUnsecured && after > view.BorrowingBaseFen, Refusal.OverBorrowingBase);
        return new AfterOrder(after, view.EligibleValueFen, LtvOf(after, view.EligibleValueFen), refusals);
    }

    /// <param name="countedFen">What the assets to be released count for.</param>
    public static AfterOrder Release(FacilityView view, long countedFen, DateTimeOffset now)
    {
        var eligible = Math.Max(0, view.EligibleValueFen - countedFen);
        var ltv = LtvOf(view.DebtFen, eligible);
        var refusals = Blockers(view, now);
        AddIf(refusals, ltv is not { } some || some > view.Lines.DrawPpm, Refusal.WouldBreach);
        return new AfterOrder(view.DebtFen, eligible, ltv, refusals);
    }

    /// <summary>As the Book's rule has it: 0 without debt, null with debt and nothing to divide by.</summary>
    public static long? LtvOf(long debtFen, long eligibleFen) =>
        Cover.LtvOf(new Money(debtFen), new Money(eligibleFen)) is { } ltv
            ? decimal.ToInt64(decimal.Round(Math.Min(ltv, 1_000_000m) * Fraction.Scale, 0, MidpointRounding.AwayFromZero))
            : null;

    private static List<string> Blockers(FacilityView view, DateTimeOffset now)
    {
        var found = new List<string>();
        AddIf(found, view.State == "stale" || view.ValidUntil < now, Refusal.Stale);
        AddIf(found, view.State == "unknown", Refusal.Unknown);
        AddIf(found, view.UnobservedSince is not null, Refusal.Unobserved);
        AddIf(found, view.Reasons.Contains(CoverReasonCodes.PriceOnRamp), Refusal.PriceOnRamp);
        AddIf(found, view.Reasons.Contains(CoverReasonCodes.MissingPrice) || view.Reasons.Contains(CoverReasonCodes.StalePrice), Refusal.StalePrice);
        AddIf(found, view.MarginCall is not null || view.LineState is "margin-call" or "liquidation", Refusal.Shortfall);
        return found;
    }

    private static void AddIf(List<string> found, bool holds, Refusal refusal)
    {
        if (holds)
        {
            found.Add(refusal.Code());
        }
    }
}
