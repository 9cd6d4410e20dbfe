namespace Earmark.Finance;

/// <summary>Why terms make no plan: the member, by its name in the interface, and a sentence.</summary>
public sealed record ScheduleComplaint(string Field, string Detail)
{
    public override string ToString() => $"{Field}: {Detail}";
}

/// <summary>What must hold of terms before a plan is made of them.</summary>
public static class ScheduleChecks
{
    /// <summary>Ten trillion yuan: far from overflow whatever the rate.</summary>
    public const long MaximumFen = 1_000_000_000_000_000;

    /// <summary>1,000 % a year.</summary>
    public const decimal MaximumRate = 10;

    /// <summary>Of drawings, rate changes and fees: each is looked at in every period of every replay.</summary>
    public const int MaximumItems = 100;

    private const int LastYear = 9_000;
    private const int YearsAfter = 100;

    // With a hundred years of the highest penalty rate on it this is still within Int64.
    private const decimal MaximumOwedFen = 9_000_000_000_000_000;

    public static ScheduleComplaint? Refuse(ScheduleTerms terms) =>
        Drawings(terms) ?? Rates(terms) ?? Days(terms) ?? Parts(terms) ?? Items(terms) ?? Size(terms) ?? Ends(terms);

    /// <summary>How long after the plan's end payments and questions are still taken: far enough, and far from overflow.</summary>
    public static DateOnly LatestDay(ScheduleTerms terms)
    {
        var start = terms.Drawings.Min(drawing => drawing.On);
        return start.AddYears(Math.Min((int)Years(terms) + YearsAfter, DateOnly.MaxValue.Year - start.Year));
    }

    private static ScheduleComplaint? Drawings(ScheduleTerms terms)
    {
        if (terms.Drawings.Count is 0 or > MaximumItems)
        {
            return new("disbursements", $"There are 1 to {MaximumItems} of them.");
        }

        var sum = (Int128)0;
        for (var i = 0; i < terms.Drawings.Count; i++)
        {
            sum += terms.Drawings[i].Amount.Fen;
            if (!terms.Drawings[i].Amount.IsPositive)
            {
                return new($"disbursements[{i}].amount", "It is more than 0.");
            }
        }

        return sum > MaximumFen ? new("principal", "It is too large.") : null;
    }

    private static ScheduleComplaint? Rates(ScheduleTerms terms)
    {
        if (IsNoRate(terms.AnnualRate))
        {
            return new("annualRatePercent", "It is between 0 and 1,000 % a year.");
        }

        for (var i = 0; i < terms.RateChanges.Count; i++)
        {
            if (IsNoRate(terms.RateChanges[i].AnnualRate))
            {
                return new($"rateChanges[{i}].annualRatePercent", "It is between 0 and 1,000 % a year.");
            }
        }

        return IsNoRate(terms.PenaltyRate) ? new("penaltyRatePercent", "It is between 0 and 1,000 % a year.")
            : terms.GraceDays is < 0 or > 3_660 ? new("graceDays", "It is 0 to 3660.")
            : null;
    }

    private static ScheduleComplaint? Days(ScheduleTerms terms)
    {
        if (terms.Method == RepaymentMethod.Seasonal)
        {
            return Seasons(terms);
        }

        var start = terms.Drawings.Min(drawing => drawing.On);
        return terms.DueDates.Count > 0 ? new("dueDates", "Only a seasonal plan names its due days.")
            : terms.Every.Count is < 1 or > 3_660 || !Enum.IsDefined(terms.Every.Unit) ? new("every", "The count is 1 to 3660; the unit is day, week or month.")
            : terms.SeedDay is < 1 or > DueDays.LastSeedDay ? new("seedDay", $"It is 1 to {DueDays.LastSeedDay}.")
            : terms.FirstDueOn <= start ? new("firstDueOn", "It is after the first disbursement.")
            : terms.FirstDueOn.Year > LastYear || start.Year < 1900 ? new("firstDueOn", "The years are 1900 to 9000.")
            : terms.FirstDueOn.Year - start.Year > 50 ? new("firstDueOn", "It is at most 50 years after the first disbursement.")
            : null;
    }

    private static ScheduleComplaint? Seasons(ScheduleTerms terms)
    {
        if (terms.DueDates.Count is 0 or > Schedules.MaximumCount)
        {
            return new("dueDates", $"A seasonal plan names 1 to {Schedules.MaximumCount} due days.");
        }

        var before = terms.Drawings.Min(drawing => drawing.On);
        if (before.Year < 1900)
        {
            return new("disbursements[0].on", "The years are 1900 to 9000.");
        }

        for (var i = 0; i < terms.DueDates.Count; i++)
        {
            var (on, share) = terms.DueDates[i];
            if (on <= before || on.Year > LastYear)
            {
                return new($"dueDates[{i}].on", "Due days follow the first disbursement and each other.");
            }

            if (share is < 0 or > 1)
            {
                return new($"dueDates[{i}].principalPercent", "It is between 0 and 100.");
            }

            before = on;
        }

        return terms.DueDates.Sum(due => due.PrincipalShare) != 1 ? new("dueDates", "The percents of principal sum to 100.")
            : terms.DayCount == DayCount.Nominal ? new("dayCount", "A seasonal plan has no equal periods a nominal rate could be of.")
            : null;
    }

    private static ScheduleComplaint? Parts(ScheduleTerms terms)
    {
        var isSeasonal = terms.Method == RepaymentMethod.Seasonal;
        var count = isSeasonal ? terms.DueDates.Count : terms.Instalments;
        var takesFixed = terms.Method is RepaymentMethod.EqualInstalment or RepaymentMethod.Balloon;
        return terms.Instalments is < 1 or > Schedules.MaximumCount ? new("instalments", $"There are 1 to {Schedules.MaximumCount} of them.")
            : count is null && !(takesFixed && terms.FixedInstalment is not null) ? new("instalments", "Their number is missing.")
            : terms.FixedInstalment is not null && !takesFixed ? new("fixedInstalment", "This method has no fixed instalment.")
            : terms.FixedInstalment is { IsPositive: false } ? new("fixedInstalment", "It is more than 0.")
            : terms.FixedInstalment is { } agreed && agreed.Fen > MaximumFen ? new("fixedInstalment", "It is too large.")
            : terms.PrincipalPerInstalment is <= 0 or > 1 ? new("principalPercentPerInstalment", "It is more than 0 and at most 100.")
            : terms.PrincipalPerInstalment is not null && terms.Method is not (RepaymentMethod.EqualPrincipal or RepaymentMethod.Balloon or RepaymentMethod.Flat)
                ? new("principalPercentPerInstalment", "This method does not take it.")
            : terms.PrincipalPerInstalment is not null && terms.FixedInstalment is not null ? new("principalPercentPerInstalment", "Either this or a fixed instalment.")
            : terms.Method == RepaymentMethod.Balloon && terms.PrincipalPerInstalment is null && terms.FixedInstalment is null
                ? new("principalPercentPerInstalment", "A balloon needs this or a fixed instalment: what is paid before the rest.")
            : terms.PrincipalGrace < 0 || terms.PrincipalGrace >= (count ?? Schedules.MaximumCount) ? new("principalGrace", "It is less than the number of instalments.")
            : terms.InterestGrace < 0 || terms.InterestGrace >= (count ?? Schedules.MaximumCount) ? new("interestGrace", "It is less than the number of instalments.")
            : terms.InstalmentMultiple.Fen is < 0 or > MaximumFen ? new("instalmentMultiple", "It is more than 0.")
            : terms.CurrencyMultiple.Fen is < 1 or > MaximumFen ? new("currencyMultiple", "It is more than 0.")
            : isSeasonal && terms.PrincipalGrace > 0 ? new("principalGrace", "The due days of a seasonal plan say themselves what principal is due.")
            : null;
    }

    private static ScheduleComplaint? Items(ScheduleTerms terms)
    {
        if (terms.RateChanges.Count > MaximumItems || terms.Fees.Count > MaximumItems)
        {
            return new(terms.Fees.Count > MaximumItems ? "fees" : "rateChanges", $"There are at most {MaximumItems} of them.");
        }

        for (var i = 0; i < terms.Fees.Count; i++)
        {
            var fee = terms.Fees[i];
            if (fee.Amount is null == fee.ShareOfPrincipal is null)
            {
                return new($"fees[{i}]", "A fee has an amount or a percent of the principal, not both.");
            }

            if (fee.Amount is { } amount && amount.Fen is < 0 or > MaximumFen || fee.ShareOfPrincipal is < 0 or > 1)
            {
                return new($"fees[{i}]", "It is not less than 0 nor more than the principal.");
            }
        }

        return null;
    }

    private static ScheduleComplaint? Size(ScheduleTerms terms)
    {
        var rate = terms.RateChanges.Aggregate(terms.AnnualRate, (highest, change) => Math.Max(highest, change.AnnualRate));
        return terms.Principal.Fen * (1 + (rate * Years(terms))) > MaximumOwedFen ? new("principal", "With its interest it grows too large to be computed exactly.")
            : Years(terms) > 900 ? new("instalments", "The plan is longer than 900 years.")
            : null;
    }

    /// <summary>Not less than the years from the first drawing to the last due day.</summary>
    private static decimal Years(ScheduleTerms terms)
    {
        var start = terms.Drawings.Min(drawing => drawing.On);
        return terms.Method == RepaymentMethod.Seasonal
            ? terms.DueDates[^1].On.Year - start.Year + 1
            : terms.FirstDueOn.Year - start.Year + 1 + (terms.Every.Years * (terms.Instalments ?? Schedules.MaximumCount));
    }

    private static ScheduleComplaint? Ends(ScheduleTerms terms)
    {
        if (terms.Instalments is null && terms.Method != RepaymentMethod.Seasonal)
        {
            return FixedPlan.Refuse(terms);
        }

        var last = terms.Method == RepaymentMethod.Seasonal ? terms.DueDates[^1].On : LastDueOn(terms);
        return last is not { } end ? new("instalments", "The last due day is beyond the year 9000.")
            : terms.Drawings.Any(drawing => drawing.On >= end) ? new("disbursements", "All are before the last due day.")
            : null;
    }

    private static DateOnly? LastDueOn(ScheduleTerms terms)
    {
        var years = terms.Every.Years * terms.Instalments!.Value;
        return terms.FirstDueOn.Year + years > LastYear ? null : DueDays.Nth(terms.FirstDueOn, terms.SeedDay, terms.Every, terms.Instalments.Value - 1);
    }

    private static bool IsNoRate(decimal rate) => rate is < 0 or > MaximumRate;
}
