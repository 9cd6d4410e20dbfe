using Earmark.Finance;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Api.Schedules;

/// <summary>Terms of a loan. Exactly one rate is given. Optional members have the defaults named.</summary>
/// <param name="Principal">Yuan. May be left out where each disbursement has its amount; their sum otherwise.</param>
/// <param name="AnnualRatePercent">4.35 for 4.35 % a year.</param>
/// <param name="MonthlyRatePercent">Twelve of them are the annual rate.</param>
/// <param name="TermRatePercent">For the whole term: ÷ (instalments × every) × 12 months, 52 weeks or 365 days is the annual rate.</param>
/// <param name="Disbursements">Default: all of the principal one period before firstDueOn.</param>
/// <param name="FirstDueOn">Default: one period after the first disbursement.</param>
/// <param name="SeedDay">Day of month of the due days after the first; 31 is the last of every month. Default: the day of firstDueOn.</param>
/// <param name="Instalments">How many due days, grace included; may be left out with fixedInstalment, and of a bullet for one.</param>
/// <param name="FixedInstalment">Yuan each time, for equal-instalment and balloon; the last pays the rest.</param>
/// <param name="Every">Default: one month.</param>
/// <param name="Method">equal-instalment, equal-principal, interest-first, bullet, balloon, flat or seasonal.</param>
/// <param name="DueDates">Of a seasonal plan, instead of every; the percents sum to 100.</param>
/// <param name="DayCount">30/360 (default), actual/360, actual/364, actual/365, actual/actual or nominal (the rate is one of a period).</param>
/// <param name="Rounding">half-up (default), half-even or up.</param>
/// <param name="InstalmentMultiple">Yuan; equal parts are whole multiples of it.</param>
/// <param name="CurrencyMultiple">Yuan; every amount is a whole multiple of it. Default 0.01.</param>
/// <param name="PrincipalGrace">The first so many instalments are interest only.</param>
/// <param name="InterestGrace">In the first so many no interest is due; it is with the next.</param>
/// <param name="PrincipalPercentPerInstalment">Of all that is drawn; for equal-principal, flat and balloon; the last pays the rest.</param>
/// <param name="Fees">An amount or a percent of the principal each; without a day with every instalment.</param>
/// <param name="PenaltyRatePercent">A year, on overdue principal and interest.</param>
/// <param name="GraceDays">Paid within so many days there is no penalty; later it runs from the due day.</param>
/// <param name="Payments">In any order; they are played by their days. What is in advance pays the interest of its days, then principal.</param>
/// <param name="AsOf">The day at whose end it is told what is owed.</param>
/// <param name="EarlyEffect">What money in advance does: shorter-term (default) or lower-instalment.</param>
public sealed partial record SchedulePreviewRequest(
    RepaymentMethod Method,
    decimal? Principal = null,
    decimal? AnnualRatePercent = null,
    decimal? MonthlyRatePercent = null,
    decimal? TermRatePercent = null,
    DisbursementRequest[]? Disbursements = null,
    DateOnly? FirstDueOn = null,
    int? SeedDay = null,
    int? Instalments = null,
    decimal? FixedInstalment = null,
    EveryRequest? Every = null,
    DueDateRequest[]? DueDates = null,
    string? DayCount = null,
    Rounding? Rounding = null,
    decimal? InstalmentMultiple = null,
    decimal? CurrencyMultiple = null,
    int? PrincipalGrace = null,
    int? InterestGrace = null,
    decimal? PrincipalPercentPerInstalment = null,
    RateChangeRequest[]? RateChanges = null,
    FeeRequest[]? Fees = null,
    decimal? PenaltyRatePercent = null,
    int? GraceDays = null,
    PaymentRequest[]? Payments = null,
    DateOnly? AsOf = null,
    EarlyEffect EarlyEffect = EarlyEffect.ShorterTerm) : IChecked;

/// <param name="Amount">Yuan; may be left out of a single one.</param>
public sealed record DisbursementRequest(DateOnly On, decimal? Amount = null);

/// <param name="Unit">day, week or month.</param>
public sealed record EveryRequest(int Count = 1, PeriodUnit Unit = PeriodUnit.Month);

public sealed record DueDateRequest(DateOnly On, decimal PrincipalPercent);

/// <summary>From this day on; exactly one of the rates.</summary>
public sealed record RateChangeRequest(DateOnly On, decimal? AnnualRatePercent = null, decimal? MonthlyRatePercent = null);

/// <param name="Amount">Yuan.</param>
/// <param name="PrincipalPercent">Of all that is drawn.</param>
/// <param name="On">With the first instalment due on this day or later; with every instalment where it is left out.</param>
public sealed record FeeRequest(decimal? Amount = null, decimal? PrincipalPercent = null, DateOnly? On = null);

public sealed record PaymentRequest(DateOnly On, decimal Amount);
