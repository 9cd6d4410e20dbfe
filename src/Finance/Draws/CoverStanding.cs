namespace Earmark.Finance;

/// <summary>A facility's cover and how far it may be relied on.</summary>
/// <param name="ValidUntil">The earliest validUntil of the reports behind it; at that instant it still holds, after it not.</param>
/// <param name="HaveAllSitesReported">Every pledged site has reported since its activation.</param>
/// <param name="IsUnobserved">At least one pledged site is unobserved.</param>
public sealed record CoverStanding(
    CoverResult Cover,
    DateTimeOffset ValidUntil,
    bool HaveAllSitesReported,
    bool IsUnobserved,
    LineState Line,
    bool HasOpenMarginCall)
{
    /// <summary>What stops any draw or release, whatever its amount, in the order of <see cref="Refusal"/>.</summary>
    public IReadOnlyList<Refusal> Blockers(DateTimeOffset now)
    {
        var found = new List<Refusal>();
        AddIf(found, now > ValidUntil, Refusal.Stale);
        AddIf(found, !HaveAllSitesReported, Refusal.Unknown);
        AddIf(found, IsUnobserved, Refusal.Unobserved);
        AddIf(found, Cover.HasReason(CoverReasonCodes.PriceOnRamp), Refusal.PriceOnRamp);
        AddIf(found, Cover.HasReason(CoverReasonCodes.MissingPrice) || Cover.HasReason(CoverReasonCodes.StalePrice), Refusal.StalePrice);
        AddIf(found, HasOpenMarginCall || Line >= LineState.MarginCall, Refusal.Shortfall);
        return found;
    }

    internal static void AddIf(List<Refusal> found, bool holds, Refusal refusal)
    {
        if (holds)
        {
            found.Add(refusal);
        }
    }
}
