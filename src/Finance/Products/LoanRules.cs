namespace Earmark.Finance;

/// <summary>A day of the year on which a seasonal product is repaid, and its share of the principal.</summary>
public readonly record struct Season(int Month, int Day, Fraction PrincipalShare);

/// <summary>How a drawdown of a product comes back: what of <see cref="ScheduleTerms"/> is not the draw's own.</summary>
/// <param name="Seasons">Of a seasonal product, in order of the year; their shares sum to one. Empty otherwise.</param>
/// <param name="PenaltyMarkup">The penalty rate is the loan's rate × (1 + this): 0.5 as is usual (罚息利率上浮 50%).</param>
/// <param name="Allocation">Which part a payment goes to first.</param>
public sealed record LoanRules(
    RepaymentMethod Method,
    DayCount DayCount,
    Rounding Rounding,
    Every Every,
    int MaximumInstalments,
    int PrincipalGrace,
    int InterestGrace,
    Money InstalmentMultiple,
    Fraction? PrincipalPerInstalment,
    IReadOnlyList<Season> Seasons,
    Fraction PenaltyMarkup,
    int GraceDays,
    EarlyEffect Early,
    IReadOnlyList<OwedPart> Allocation)
{
    /// <summary>Equal monthly instalments on actual/360, the day count interest is booked by where no product says otherwise.</summary>
    public static readonly LoanRules Default = new(
        RepaymentMethod.EqualInstalment, DayCount.Actual360, Rounding.HalfUp, Every.Month, 360, 0, 0, Money.Zero, null, [], Fraction.Percent(50), 0,
        EarlyEffect.ShorterTerm, Finance.Allocation.DefaultOrder);

    /// <summary>The plan's terms for one drawdown. A seasonal one falls due on its seasons after the day it is drawn; number and first due day are then passed over.</summary>
    public ScheduleTerms Terms(Money amount, Fraction annualRate, int instalments, DateOnly drawnOn, DateOnly firstDueOn)
    {
        var isSeasonal = Method == RepaymentMethod.Seasonal;
        return new ScheduleTerms
        {
            Drawings = [new Drawing(drawnOn, amount)],
            AnnualRate = annualRate.Value,
            Method = Method,
            FirstDueOn = firstDueOn,
            SeedDay = firstDueOn.Day,
            Every = Every,
            Instalments = isSeasonal ? null : instalments,
            DueDates = isSeasonal ? [.. DueAfter(drawnOn)] : [],
            DayCount = DayCount,
            Rounding = Rounding,
            PrincipalGrace = isSeasonal ? 0 : PrincipalGrace,
            InterestGrace = isSeasonal ? 0 : InterestGrace,
            InstalmentMultiple = InstalmentMultiple,
            PrincipalPerInstalment = PrincipalPerInstalment?.Value,
            PenaltyRate = annualRate.Value * (1 + PenaltyMarkup.Value),
            GraceDays = GraceDays,
        };
    }

    internal ScheduleComplaint? Wrong() =>
        DayCount == DayCount.Nominal ? new("loan.dayCount", "Interest is booked by the day; a nominal rate has none.")
        : !Enum.IsDefined(Method) || !Enum.IsDefined(DayCount) || !Enum.IsDefined(Rounding) || Rounding == Rounding.Down ? new("loan", "It names no method, day count or rounding there is.")
        : MaximumInstalments is < 1 or > Schedules.MaximumCount ? new("loan.maximumInstalments", $"It is 1 to {Schedules.MaximumCount}.")
        : Allocation.Count != 4 || Allocation.Distinct().Count() != 4 ? new("loan.allocation", "It names penalty, fee, interest and principal once each.")
        : PenaltyMarkup < Fraction.Zero || PenaltyMarkup > Fraction.Percent(500) ? new("loan.penaltyMarkupPercent", "It is 0 to 500.")
        : Method == RepaymentMethod.Seasonal ? WrongSeasons() ?? Tried(1)
        : Seasons.Count > 0 ? new("loan.seasons", "Only a seasonal product has seasons.")
        : PrincipalGrace >= MaximumInstalments || InterestGrace >= MaximumInstalments ? new("loan.principalGrace", "Grace is shorter than the longest loan.")
        : Tried(MaximumInstalments);

    private ScheduleComplaint? WrongSeasons() =>
        Seasons.Count is 0 or > 12 ? new("loan.seasons", "There are 1 to 12 of them.")
        : Seasons.Any(season => season.Month is < 1 or > 12 || season.Day < 1 || season.Day > DateTime.DaysInMonth(2001, season.Month)) ? new("loan.seasons", "Each is a day of every year.")
        : Seasons.Zip(Seasons.Skip(1)).Any(pair => (pair.First.Month, pair.First.Day).CompareTo((pair.Second.Month, pair.Second.Day)) >= 0) ? new("loan.seasons", "They stand in order of the year.")
        : Seasons.Sum(season => season.PrincipalShare.Millionths) != Fraction.Scale ? new("loan.seasons", "Their shares sum to 100 %.")
        : null;

    // The rules of schedules are asked with an example, so that no product stands whose every draw would be refused.
    private ScheduleComplaint? Tried(int instalments)
    {
        var start = new DateOnly(2026, 1, 1);
        return ScheduleChecks.Refuse(Terms(new Money(1_000_000), Fraction.Percent(5), instalments, start, start.AddDays(1))) is { } complaint
            ? complaint with { Field = "loan." + complaint.Field }
            : null;
    }

    private IEnumerable<SeasonalDue> DueAfter(DateOnly drawnOn)
    {
        var first = Seasons.TakeWhile(season => new DateOnly(drawnOn.Year, season.Month, season.Day) <= drawnOn).Count();
        for (var i = 0; i < Seasons.Count; i++)
        {
            var season = Seasons[(first + i) % Seasons.Count];
            yield return new SeasonalDue(new DateOnly(drawnOn.Year + ((first + i) / Seasons.Count), season.Month, season.Day), season.PrincipalShare.Value);
        }
    }
}
