namespace Earmark.Finance;

/// <summary>One stretch between two due days, with all that happens in it.</summary>
internal sealed class Period
{
    public required DateOnly From { get; init; }

    public required DateOnly DueOn { get; init; }

    /// <summary>Share of a year of the whole period.</summary>
    public required decimal Years { get; init; }

    /// <summary>The period's interest on one fen that stands all of it, under the rates that come to hold in it.</summary>
    public required Factor Factor { get; init; }

    /// <summary>The rate of its last night: what later periods are planned on.</summary>
    public required decimal RateAtEnd { get; init; }

    /// <summary>Drawn on its first day.</summary>
    public required long Opening { get; init; }

    /// <summary>Moved inside it: fen (negative for an early repayment) and the interest on one fen until the due day.</summary>
    public required IReadOnlyList<(long Fen, decimal Factor)> Within { get; init; }

    /// <summary>Principal comes or goes in it: equal parts are computed anew from here.</summary>
    public required bool MovesPrincipal { get; init; }

    /// <summary>The rate changes in it or on its first day: an equal instalment is computed anew from here.</summary>
    public required bool ChangesRate { get; init; }

    /// <summary>Interest already paid with early repayments in this period.</summary>
    public required long PaidInterest { get; init; }

    public long WithinFen
    {
        get
        {
            var sum = 0L;
            foreach (var (fen, _) in Within)
            {
                sum += fen;
            }

            return sum;
        }
    }

    /// <summary>Interest of the period on what stood before it was moved, and on what moved; without what early repayments paid of it.</summary>
    public long Interest(Amount amount, long balance)
    {
        if (Within.Count == 0)
        {
            return Math.Max(amount.Interest(balance, Factor) - PaidInterest, 0);
        }

        var exact = balance * Factor.Value;
        foreach (var (fen, factor) in Within)
        {
            exact += fen * factor;
        }

        return Math.Max(amount.Round(exact) - PaidInterest, 0);
    }
}

/// <summary>Money back before it was due: principal and the interest paid with it. It lowers what bears interest from that day.</summary>
/// <param name="KeepsInstalment">The instalment stays and the term shortens; else the term stays and the instalment falls.</param>
internal readonly record struct EarlyRepayment(DateOnly On, Money Principal, Money Interest, bool KeepsInstalment);

/// <summary>Cuts a loan into its periods and says what each bears.</summary>
internal sealed class PeriodCutter
{
    private readonly ScheduleTerms terms;
    private readonly IReadOnlyList<EarlyRepayment> early;
    private readonly YearFractions fractions;
    private readonly Factors factors = new();
    private DateOnly previousDueOn;
    private readonly RateChange[] changes;
    private readonly Drawing[] drawings;

    public PeriodCutter(ScheduleTerms terms, IReadOnlyList<EarlyRepayment> early)
    {
        this.terms = terms;
        this.early = early;
        fractions = new YearFractions(terms);
        changes = [.. terms.RateChanges.OrderBy(change => change.On)];
        drawings = [.. terms.Drawings.OrderBy(drawing => drawing.On)];
    }

    public DateOnly Start => drawings[0].On;

    public DateOnly DueOn(int index) => terms.Method == RepaymentMethod.Seasonal
        ? terms.DueDates[index].On
        : DueDays.Nth(terms.FirstDueOn, terms.SeedDay, terms.Every, index);

    /// <summary>Periods are cut one after another, from the first.</summary>
    public Period Cut(int index)
    {
        var from = index == 0 ? Start : previousDueOn;
        var dueOn = DueOn(index);
        previousDueOn = dueOn;
        List<(long, decimal)>? within = null;
        var (opening, paid, moves) = (0L, 0L, index == 0);
        foreach (var drawing in drawings)
        {
            if (drawing.On >= from && drawing.On < dueOn)
            {
                moves = true;
                Place(drawing.On, drawing.Amount.Fen, from, dueOn, ref within, ref opening);
            }
        }

        foreach (var repayment in early)
        {
            if (repayment.On >= from && repayment.On < dueOn)
            {
                moves |= !repayment.KeepsInstalment;
                paid += repayment.On == from ? 0 : repayment.Interest.Fen;
                Place(repayment.On, -repayment.Principal.Fen, from, dueOn, ref within, ref opening);
            }
        }

        var years = fractions.Between(from, dueOn, index);
        var (changesRate, isCut) = Changes(from, dueOn);
        return new Period
        {
            From = from,
            DueOn = dueOn,
            Years = years,
            Factor = isCut ? new Factor(InterestFactor(from, dueOn)) : factors.Of(RateOn(from), years),
            RateAtEnd = RateOn(dueOn.AddDays(-1)),
            Opening = opening,
            Within = within ?? (IReadOnlyList<(long, decimal)>)[],
            MovesPrincipal = moves,
            ChangesRate = changesRate,
            PaidInterest = paid,
        };
    }

    /// <summary>A period's factor under a rate, as <see cref="Period.Factor"/> would be without later changes.</summary>
    public Factor Planned(Period period, decimal rate) => changes.Length == 0 ? period.Factor : factors.Of(rate, period.Years);

    /// <summary>The interest on one fen over a stretch, cut where the rate changes.</summary>
    public decimal InterestFactor(DateOnly from, DateOnly to)
    {
        var factor = 0m;
        foreach (var change in changes)
        {
            if (change.On > from && change.On < to)
            {
                factor += RateOn(from) * fractions.Between(from, change.On, 0);
                from = change.On;
            }
        }

        return factor + (RateOn(from) * fractions.Between(from, to, 0));
    }

    private void Place(DateOnly on, long fen, DateOnly from, DateOnly dueOn, ref List<(long, decimal)>? within, ref long opening)
    {
        if (on == from)
        {
            opening += fen;
        }
        else
        {
            within ??= [];
            within.Add((fen, InterestFactor(on, dueOn)));
        }
    }

    private (bool ChangesRate, bool IsCut) Changes(DateOnly from, DateOnly dueOn)
    {
        var (changesRate, isCut) = (false, false);
        foreach (var change in changes)
        {
            if (change.On >= from && change.On < dueOn)
            {
                changesRate = true;
                isCut |= change.On > from;
            }
        }

        return (changesRate, isCut);
    }

    private decimal RateOn(DateOnly day)
    {
        var rate = terms.AnnualRate;
        foreach (var change in changes)
        {
            if (change.On > day)
            {
                break;
            }

            rate = change.AnnualRate;
        }

        return rate;
    }
}
