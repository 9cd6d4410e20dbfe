namespace Earmark.Finance;

/// <summary>What an equal-instalment plan (等额本息) is made from. The annual rate is nominal; a month bears a twelfth of it (30/360), the first one too.</summary>
public sealed record EqualInstalmentTerms(
    Money Principal,
    Fraction AnnualRate,
    int Count,
    DateOnly FirstDueOn,
    int SeedDay,
    Rounding Rounding = Rounding.HalfUp);

/// <summary>
/// Equal instalments: payment = P·i ÷ (1 − (1 + i)^−n) with i = annual rate ÷ 12, rounded once; interest of a month = balance × i, rounded;
/// the last instalment takes what is left, so the principals sum exactly. Source: the annuity formula, 等额本息还款法.
/// Example: 100,000.00 yuan, 6 % a year, 12 months: 8,606.64 a month, the last 8,606.69 (see the tests).
/// </summary>
public static class EqualInstalments
{
    /// <summary>Fifty years of months.</summary>
    public const int MaximumCount = 600;

    private const int MonthsPerYear = 12;

    /// <summary>Why these terms make no plan, or null: principal-out-of-range, rate-out-of-range (0 to 100 %), count-out-of-range, seed-day-out-of-range, dates-out-of-range.</summary>
    public static string? Refuse(EqualInstalmentTerms terms)
    {
        if (!terms.Principal.IsPositive || terms.Principal.Fen > long.MaxValue / 1000)
        {
            return "principal-out-of-range";
        }

        if (terms.AnnualRate < Fraction.Zero || terms.AnnualRate > Fraction.One)
        {
            return "rate-out-of-range";
        }

        if (terms.Count is < 1 or > MaximumCount)
        {
            return "count-out-of-range";
        }

        if (terms.SeedDay is < 1 or > DueDays.LastSeedDay)
        {
            return "seed-day-out-of-range";
        }

        return terms.FirstDueOn.Year + (MaximumCount / MonthsPerYear) >= DateOnly.MaxValue.Year ? "dates-out-of-range" : null;
    }

    /// <summary>The plan. Throws for terms that <see cref="Refuse"/> names: ask it first.</summary>
    public static Schedule Compute(EqualInstalmentTerms terms)
    {
        if (Refuse(terms) is { } refusal)
        {
            throw new ArgumentException(refusal, nameof(terms));
        }

        var payment = PaymentOf(terms);
        var balance = terms.Principal;
        var instalments = new Instalment[terms.Count];
        for (var i = 0; i < terms.Count; i++)
        {
            var interest = new Money((long)terms.Rounding.Divide((Int128)balance.Fen * terms.AnnualRate.Millionths, Fraction.Scale * (Int128)MonthsPerYear));
            var principal = i == terms.Count - 1 ? balance : Money.Min(Money.Max(payment - interest, Money.Zero), balance);
            balance -= principal;
            instalments[i] = new Instalment(i + 1, DueDays.Nth(terms.FirstDueOn, terms.SeedDay, i), principal, interest, balance);
        }

        return new Schedule(terms.Principal, instalments);
    }

    private static Money PaymentOf(EqualInstalmentTerms terms)
    {
        var rate = terms.AnnualRate.Value / MonthsPerYear;
        if (rate == 0)
        {
            return new Money((long)terms.Rounding.Divide(terms.Principal.Fen, terms.Count));
        }

        // 1 ÷ (1 + i)^n by repeated division keeps every step between 0 and 1, inside decimal's 28 digits.
        var discount = 1m;
        for (var i = 0; i < terms.Count; i++)
        {
            discount /= 1 + rate;
        }

        return new Money(terms.Rounding.ToWhole(terms.Principal.Fen * rate / (1 - discount)));
    }
}
