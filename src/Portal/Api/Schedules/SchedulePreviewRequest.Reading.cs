using Earmark.Finance;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Api.Schedules;

/// <summary>From the request to terms; the first thing wrong is named with its path.</summary>
public sealed partial record SchedulePreviewRequest
{
    private const decimal Percent = 0.01m;

    // A bullet is paid once, where nothing else is said.
    private int? Count => Method == RepaymentMethod.Bullet ? Instalments ?? 1 : Instalments;

    public Complaint? Check() => Read().Complaint;

    internal (ScheduleTerms? Terms, Complaint? Complaint) Read()
    {
        if ((Members() ?? AmountsGiven() ?? RateGiven()) is { } wrong)
        {
            return (null, wrong);
        }

        var every = new Every(Every?.Count ?? 1, Every?.Unit ?? PeriodUnit.Month);
        var (drawings, start, noDrawings) = ReadDrawings(every);
        if (noDrawings is { } complaint)
        {
            return (null, complaint);
        }

        var firstDueOn = FirstDueOn ?? Next(start, SeedDay ?? start.Day, every);
        var terms = new ScheduleTerms
        {
            Drawings = drawings,
            AnnualRate = Annual(every),
            Method = Method,
            FirstDueOn = firstDueOn,
            SeedDay = SeedDay ?? (FirstDueOn is null ? start.Day : firstDueOn.Day),
            Every = every,
            Instalments = Method == RepaymentMethod.Seasonal ? null : Count,
            FixedInstalment = Fen(FixedInstalment),
            DueDates = [.. (DueDates ?? []).Select(due => new SeasonalDue(due.On, due.PrincipalPercent * Percent))],
            DayCount = DayCount is null ? Finance.DayCount.Thirty360 : DayCountNames.Find(DayCount)!.Value,
            Rounding = Rounding ?? Finance.Rounding.HalfUp,
            InstalmentMultiple = Fen(InstalmentMultiple) ?? Money.Zero,
            CurrencyMultiple = Fen(CurrencyMultiple) ?? new Money(1),
            PrincipalGrace = PrincipalGrace ?? 0,
            InterestGrace = InterestGrace ?? 0,
            PrincipalPerInstalment = PrincipalPercentPerInstalment * Percent,
            RateChanges = [.. (RateChanges ?? []).Select(change => new RateChange(change.On, Percent * (change.AnnualRatePercent ?? (change.MonthlyRatePercent!.Value * 12))))],
            Fees = [.. (Fees ?? []).Select(fee => new Fee(Fen(fee.Amount), fee.PrincipalPercent * Percent, fee.On))],
            PenaltyRate = (PenaltyRatePercent ?? 0) * Percent,
            GraceDays = GraceDays ?? 0,
        };
        return ScheduleChecks.Refuse(terms) is { } refused ? (null, Translate(refused)) : TooLate(terms) is { } late ? (null, late) : (terms, null);
    }

    private Complaint? TooLate(ScheduleTerms terms)
    {
        var latest = ScheduleChecks.LatestDay(terms);
        return AsOf > latest ? new Complaint("asOf", $"It is not later than {latest:yyyy-MM-dd}.")
            : First(Payments, (payment, path) => payment.On > latest ? new Complaint(path + ".on", $"It is not later than {latest:yyyy-MM-dd}.") : null, "payments");
    }

    private static Money? Fen(decimal? yuan) => yuan is { } some ? new Money(Amounts.Fen(some)) : null;

    /// <summary>Members of lists, counts and names: what could not even be computed with.</summary>
    private Complaint? Members() => Rule.First(
        Listed(Disbursements, ScheduleChecks.MaximumItems, "disbursements"),
        Listed(DueDates, Finance.Schedules.MaximumCount, "dueDates"),
        Listed(RateChanges, ScheduleChecks.MaximumItems, "rateChanges"),
        Listed(Fees, ScheduleChecks.MaximumItems, "fees"),
        Listed(Payments, LoanReplay.MaximumPayments, "payments"),
        DayCount is null ? null : Rule.OneOf(DayCount, "dayCount", DayCountNames.All),
        Rounding is null or not Finance.Rounding.Down ? null : new Complaint("rounding", "'down' is not one of half-up, half-even, up."),
        Instalments is { } count ? Rule.Between(count, 1, Finance.Schedules.MaximumCount, "instalments") : null,
        Every is { } every ? Rule.Between(every.Count, 1, 3_660, "every.count") : null,
        SeedDay is { } seed ? Rule.Between(seed, 1, DueDays.LastSeedDay, "seedDay") : null);

    private Complaint? AmountsGiven() => Rule.First(
        Yuan(Principal, "principal"),
        Yuan(FixedInstalment, "fixedInstalment"),
        Yuan(InstalmentMultiple, "instalmentMultiple"),
        Yuan(CurrencyMultiple, "currencyMultiple"),
        First(Disbursements, (one, path) => Yuan(one.Amount, path + ".amount"), "disbursements"),
        First(Payments, (one, path) => Yuan(one.Amount, path + ".amount"), "payments"),
        First(Fees, (one, path) => one.Amount is { } amount && !(amount >= 0 && Money.TryFromYuan(amount, out _)) ? new Complaint(path + ".amount", "It is not less than 0, with at most two decimals.") : null, "fees"),
        First(RateChanges, (one, path) => one.AnnualRatePercent is null == one.MonthlyRatePercent is null ? new Complaint(path + ".annualRatePercent", "Exactly one of annualRatePercent and monthlyRatePercent is given.") : null, "rateChanges"),
        First(RateChanges, (one, path) => Rate(one.AnnualRatePercent, path + ".annualRatePercent") ?? Rate(one.MonthlyRatePercent, path + ".monthlyRatePercent"), "rateChanges"));

    private Complaint? RateGiven()
    {
        var given = new[] { AnnualRatePercent, MonthlyRatePercent, TermRatePercent }.Count(rate => rate is not null);
        return given != 1 ? new Complaint("annualRatePercent", "Exactly one of annualRatePercent, monthlyRatePercent and termRatePercent is given.")
            : TermRatePercent is not null && Count is null ? new Complaint("termRatePercent", "A rate for the whole term needs the number of instalments.")
            : Rate(AnnualRatePercent, "annualRatePercent") ?? Rate(MonthlyRatePercent, "monthlyRatePercent") ?? Rate(TermRatePercent, "termRatePercent")
                ?? Rate(PenaltyRatePercent, "penaltyRatePercent");
    }

    private decimal Annual(Every every) => Percent * (AnnualRatePercent
        ?? (MonthlyRatePercent is { } monthly ? RateTerms.FromMonthly(monthly) : RateTerms.FromTerm(TermRatePercent!.Value, Count!.Value, every)));

    private (Drawing[] Drawings, DateOnly Start, Complaint? Complaint) ReadDrawings(Every every)
    {
        if (Disbursements is not { Length: > 0 })
        {
            return FirstDueOn is not { } first || Principal is null ? ([], default, new Complaint("disbursements", "Without them the principal and the first due day say what is drawn when."))
                : first.Year < 1950 ? ([], default, new Complaint("firstDueOn", "The years are 1950 to 9000."))
                : Drawn(new Drawing(Before(first, SeedDay ?? first.Day, every), Fen(Principal)!.Value));
        }

        if (Disbursements.Any(one => one.Amount is null) && (Disbursements.Length > 1 || Principal is null))
        {
            return ([], default, new Complaint($"disbursements[{Array.FindIndex(Disbursements, one => one.Amount is null)}].amount", "It is missing."));
        }

        var drawings = Disbursements.Select(one => new Drawing(one.On, Fen(one.Amount ?? Principal)!.Value)).ToArray();
        var start = drawings.Min(drawing => drawing.On);
        var sum = Disbursements.Sum(one => one.Amount ?? Principal!.Value);
        return start.Year is < 1900 or > 9_000 ? ([], default, new Complaint("disbursements[0].on", "The years are 1900 to 9000."))
            : Principal is { } principal && principal != sum ? ([], default, new Complaint("disbursements", $"They sum to {sum}, not to the principal of {principal}."))
            : (drawings, start, null);
    }

    private static (Drawing[] Drawings, DateOnly Start, Complaint? Complaint) Drawn(Drawing drawing) => ([drawing], drawing.On, null);

    private static DateOnly Next(DateOnly start, int seedDay, Every every) => every.Unit == PeriodUnit.Month
        ? Seeded(start, seedDay, every.Count)
        : start.AddDays(every.Count * (every.Unit == PeriodUnit.Week ? 7 : 1));

    private static DateOnly Before(DateOnly firstDueOn, int seedDay, Every every) => every.Unit == PeriodUnit.Month
        ? Seeded(firstDueOn, seedDay, -every.Count)
        : firstDueOn.AddDays(-every.Count * (every.Unit == PeriodUnit.Week ? 7 : 1));

    private static DateOnly Seeded(DateOnly day, int seedDay, int months) => DueDays.Seeded(day, seedDay, months);

    // The rules speak of the annual rate they compute with; the caller is told of the rate it gave.
    private Complaint Translate(ScheduleComplaint refused) => new(
        refused.Field == "annualRatePercent" && AnnualRatePercent is null ? (MonthlyRatePercent is null ? "termRatePercent" : "monthlyRatePercent") : refused.Field,
        refused.Detail);

    private static Complaint? Yuan(decimal? value, string path) => value is { } some ? Rule.Yuan(some, path) : null;

    private static Complaint? Rate(decimal? value, string path) => value is { } some ? Rule.Between(some, 0, 1_000, path) : null;

    private static Complaint? Listed<T>(T[]? items, int maximum, string path)
        where T : class =>
        items?.Length > maximum ? new Complaint(path, $"There are at most {maximum} of them.")
        : First(items, (one, at) => one is null ? new Complaint(at, "It is null.") : null, path);

    private static Complaint? First<T>(T[]? items, Func<T, string, Complaint?> check, string path) =>
        items?.Select((item, index) => check(item, $"{path}[{index}]")).FirstOrDefault(complaint => complaint is not null);
}
