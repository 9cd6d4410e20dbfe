namespace Earmark.Finance;

/// <summary>
/// Plans of every repayment method. Interest of a period = Σ balance × rate × share of a year over its parts, rounded once; principal by the method,
/// never more than the balance; the last instalment takes what is left, so the principals sum exactly. Interest that an instalment has no room for
/// is due with the next, without interest on it.
/// </summary>
public static class Schedules
{
    /// <summary>Fifty years of months.</summary>
    public const int MaximumCount = 600;

    /// <summary>The plan. Throws for terms that <see cref="ScheduleChecks.Refuse"/> names: ask it first.</summary>
    public static Schedule Compute(ScheduleTerms terms) => Compute(terms, []);

    /// <summary>The plan after early repayments. The rows up to each of them are the same as without it.</summary>
    internal static Schedule Compute(ScheduleTerms terms, IReadOnlyList<EarlyRepayment> early)
    {
        if (ScheduleChecks.Refuse(terms) is { } refused)
        {
            throw new ArgumentException(refused.ToString(), nameof(terms));
        }

        var rows = terms.Method == RepaymentMethod.Bullet
            ? new BulletPlan(terms, early).Rows()
            : new PlanRun(terms, early).Rows();
        return new Schedule(terms.Principal, Fees.On(rows, terms));
    }
}
