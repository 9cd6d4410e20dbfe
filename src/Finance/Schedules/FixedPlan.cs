namespace Earmark.Finance;

/// <summary>Whether a fixed instalment without a number of them ever repays the loan.</summary>
internal static class FixedPlan
{
    public static ScheduleComplaint? Refuse(ScheduleTerms terms)
    {
        // The widest a period can be: the last of the most periods must still be in the calendar.
        if (terms.FirstDueOn.Year + (terms.Every.Years * Schedules.MaximumCount) > 9_000)
        {
            return new("every", "So many periods end beyond the year 9000.");
        }

        var rows = new PlanRun(terms, []).Rows();
        return rows.Count == Schedules.MaximumCount && rows[^1].Principal + rows[^1].Interest > terms.FixedInstalment!.Value
            ? new("fixedInstalment", $"It does not repay the loan within {Schedules.MaximumCount} instalments.")
            : null;
    }
}
