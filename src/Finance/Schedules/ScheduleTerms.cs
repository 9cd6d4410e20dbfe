namespace Earmark.Finance;

/// <summary>
/// What a schedule is made from. Rates are fractions of a year (0.0435), also where a month or the whole term was agreed: <see cref="RateTerms"/>.
/// The first drawing begins the first period.
/// </summary>
public sealed record ScheduleTerms
{
    public required IReadOnlyList<Drawing> Drawings { get; init; }

    public required decimal AnnualRate { get; init; }

    public required RepaymentMethod Method { get; init; }

    public DateOnly FirstDueOn { get; init; }

    /// <summary>Day of month of the due days after the first; 31 is the last day of every month.</summary>
    public int SeedDay { get; init; } = 1;

    public Every Every { get; init; } = Every.Month;

    /// <summary>How many due days, grace included. Null only with <see cref="FixedInstalment"/>: then until it is repaid.</summary>
    public int? Instalments { get; init; }

    public Money? FixedInstalment { get; init; }

    /// <summary>Due days of a seasonal plan; empty otherwise.</summary>
    public IReadOnlyList<SeasonalDue> DueDates { get; init; } = [];

    public DayCount DayCount { get; init; } = DayCount.Thirty360;

    public Rounding Rounding { get; init; } = Rounding.HalfUp;

    /// <summary>Instalments (equal parts of principal, where that is what stays equal) are whole multiples of this; zero for no such rule.</summary>
    public Money InstalmentMultiple { get; init; }

    /// <summary>Every computed amount is a whole multiple of this.</summary>
    public Money CurrencyMultiple { get; init; } = new(1);

    /// <summary>The first so many instalments bear interest only.</summary>
    public int PrincipalGrace { get; init; }

    /// <summary>In the first so many instalments no interest is due; what it came to is due with the next one, without interest on it.</summary>
    public int InterestGrace { get; init; }

    /// <summary>Fraction of all that is drawn; the last instalment takes the rest.</summary>
    public decimal? PrincipalPerInstalment { get; init; }

    public IReadOnlyList<RateChange> RateChanges { get; init; } = [];

    public IReadOnlyList<Fee> Fees { get; init; } = [];

    /// <summary>A year's rate on what is overdue: principal (罚息) and interest (复利).</summary>
    public decimal PenaltyRate { get; init; }

    /// <summary>宽限期: paid within so many days after the due day there is no penalty; later it runs from the due day.</summary>
    public int GraceDays { get; init; }

    public Money Principal => Money.Sum(Drawings.Select(drawing => drawing.Amount));
}

/// <summary>Money out on a day. It bears interest from that day on.</summary>
public readonly record struct Drawing(DateOnly On, Money Amount);

/// <param name="PrincipalShare">Fraction of all that is drawn.</param>
public readonly record struct SeasonalDue(DateOnly On, decimal PrincipalShare);

/// <summary>From this day on, that night included, the rate is another; equal instalments are computed anew from the period it falls in.</summary>
public readonly record struct RateChange(DateOnly On, decimal AnnualRate);

/// <summary>An amount, or a fraction of all that is drawn; with the first instalment due on the day or after it, or, without a day, with every instalment.</summary>
public readonly record struct Fee(Money? Amount, decimal? ShareOfPrincipal, DateOnly? On);

/// <summary>Rates agreed otherwise than by the year.</summary>
public static class RateTerms
{
    public static decimal FromMonthly(decimal monthlyRate) => monthlyRate * 12;

    /// <summary>A rate for the whole term: spread over its periods, then by the year (term ÷ (n × every) × 12 months | 52 weeks | 365 days; Apache Fineract, whole-term rates).</summary>
    public static decimal FromTerm(decimal termRate, int instalments, Every every) => termRate * every.UnitsPerYear / (instalments * every.Count);
}
