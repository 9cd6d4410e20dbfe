using Earmark.Finance;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Api.Schedules;

namespace Earmark.Portal.Api.Products;

/// <summary>How drawdowns of a product come back; the words are those of the schedule preview.</summary>
/// <param name="DayCount">30/360, actual/360 (default), actual/364, actual/365 or actual/actual: interest is booked by the day.</param>
/// <param name="PenaltyMarkupPercent">50: overdue amounts bear one and a half times the rate.</param>
/// <param name="Seasons">Of a seasonal product: days of every year with their shares.</param>
/// <param name="Allocation">Order in which a payment goes to penalty, fee, interest, principal.</param>
public sealed record LoanShape(
    RepaymentMethod Method,
    string DayCount = "actual/360",
    Rounding Rounding = Rounding.HalfUp,
    EveryRequest? Every = null,
    int MaximumInstalments = 12,
    int PrincipalGrace = 0,
    int InterestGrace = 0,
    decimal? InstalmentMultiple = null,
    decimal? PrincipalPercentPerInstalment = null,
    SeasonShape[]? Seasons = null,
    decimal PenaltyMarkupPercent = 50,
    int GraceDays = 0,
    EarlyEffect EarlyEffect = EarlyEffect.ShorterTerm,
    OwedPart[]? Allocation = null)
{
    public static LoanShape Of(LoanRules rules) => new(
        rules.Method,
        DayCountNames.Of(rules.DayCount),
        rules.Rounding,
        new EveryRequest(rules.Every.Count, rules.Every.Unit),
        rules.MaximumInstalments,
        rules.PrincipalGrace,
        rules.InterestGrace,
        rules.InstalmentMultiple.IsPositive ? rules.InstalmentMultiple.Yuan : null,
        rules.PrincipalPerInstalment?.Value * 100,
        [.. rules.Seasons.Select(season => new SeasonShape(season.Month, season.Day, season.PrincipalShare.Value * 100))],
        rules.PenaltyMarkup.Value * 100,
        rules.GraceDays,
        rules.Early,
        [.. rules.Allocation]);

    internal Complaint? Check() => Rule.First(
        DayCountNames.Find(DayCount) is null ? new Complaint("loan.dayCount", $"'{DayCount}' is no day count.") : null,
        Rule.Between(MaximumInstalments, 1, Finance.Schedules.MaximumCount, "loan.maximumInstalments"),
        Rule.Between(Every?.Count ?? 1, 1, 366, "loan.every.count"),
        InstalmentMultiple is { } multiple ? Rule.Yuan(multiple, "loan.instalmentMultiple") : null,
        PrincipalPercentPerInstalment is { } share ? Shares.Percent(share, 100, "loan.principalPercentPerInstalment") : null,
        (Seasons ?? []).Select((season, index) => season is null ? new Complaint($"loan.seasons[{index}]", "It is null.")
            : Shares.Percent(season.PrincipalPercent, 100, $"loan.seasons[{index}].principalPercent")).FirstOrDefault(complaint => complaint is not null),
        Shares.Percent(PenaltyMarkupPercent, 500, "loan.penaltyMarkupPercent"),
        Rule.Between(GraceDays, 0, 366, "loan.graceDays"));

    internal LoanRules ToRules() => new(
        Method,
        DayCountNames.Find(DayCount)!.Value,
        Rounding,
        new Every(Every?.Count ?? 1, Every?.Unit ?? PeriodUnit.Month),
        MaximumInstalments,
        PrincipalGrace,
        InterestGrace,
        InstalmentMultiple is { } multiple ? new Money(Amounts.Fen(multiple)) : Money.Zero,
        PrincipalPercentPerInstalment is { } share ? Shares.OfPercent(share) : null,
        [.. (Seasons ?? []).Select(season => new Season(season.Month, season.Day, Shares.OfPercent(season.PrincipalPercent)))],
        Shares.OfPercent(PenaltyMarkupPercent),
        GraceDays,
        EarlyEffect,
        Allocation ?? [.. Finance.Allocation.DefaultOrder]);
}

public sealed record SeasonShape(int Month, int Day, decimal PrincipalPercent);
