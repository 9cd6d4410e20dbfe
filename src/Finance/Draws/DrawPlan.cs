namespace Earmark.Finance;

/// <summary>Why a draw makes no plan. The page that previews a draw and the facility that books it both ask here, so what is previewed is what is booked.</summary>
public static class DrawPlan
{
    /// <summary>The reason as orders answer it, or null.</summary>
    public static string? Refuse(ScheduleTerms terms, LoanRules rules) =>
        terms.Instalments > rules.MaximumInstalments ? "count-out-of-range"
        : ScheduleChecks.Refuse(terms) is not { } complaint ? null
        : complaint.Field switch
        {
            "instalments" => "count-out-of-range",
            "principal" or "disbursements" or "disbursements[0].amount" => "principal-out-of-range",
            "annualRatePercent" => "rate-out-of-range",
            "seedDay" => "seed-day-out-of-range",
            "firstDueOn" => "dates-out-of-range",
            _ => "schedule-not-possible",
        };
}
