namespace Earmark.Finance;

/// <summary>The plan of one drawdown. The page that previews a draw and the facility that books it both ask here, so what is previewed is what is booked.</summary>
public static class DrawPlan
{
    /// <summary>Equal monthly instalments on 30/360 from the day it is drawn; the seed day is that of the first due day.</summary>
    public static ScheduleTerms Terms(Money amount, Fraction annualRate, int instalments, DateOnly drawnOn, DateOnly firstDueOn) => new()
    {
        Drawings = [new Drawing(drawnOn, amount)],
        AnnualRate = annualRate.Value,
        Method = RepaymentMethod.EqualInstalment,
        FirstDueOn = firstDueOn,
        SeedDay = firstDueOn.Day,
        Instalments = instalments,
    };

    /// <summary>The reason for which these terms make no plan, as orders answer it, or null.</summary>
    public static string? Refuse(ScheduleTerms terms) => ScheduleChecks.Refuse(terms) is not { } complaint ? null : complaint.Field switch
    {
        "instalments" => "count-out-of-range",
        "principal" or "disbursements" or "disbursements[0].amount" => "principal-out-of-range",
        "annualRatePercent" => "rate-out-of-range",
        "seedDay" => "seed-day-out-of-range",
        "firstDueOn" => "dates-out-of-range",
        _ => "schedule-not-possible",
    };
}
