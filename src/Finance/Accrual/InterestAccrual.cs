namespace Earmark.Finance;

/// <summary>
/// The part of a fen not yet booked, in units of 1 ÷ (145,880,280 × 1,000,000) fen. 145,880,280 is the least common multiple of 360, 364, 365 and
/// 366, so a day's interest under any day count is a whole number of units and nothing is ever lost. Always at least 0 and below one fen.
/// </summary>
public readonly record struct AccrualCarry(long Units)
{
    internal const long YearUnits = 145_880_280;

    internal const long UnitsPerFen = YearUnits * Fraction.Scale;

    public bool IsValid => Units is >= 0 and < UnitsPerFen;
}

/// <summary>What a step of accrual books, and what it carries on.</summary>
public readonly record struct AccrualStep(Money Booked, AccrualCarry Carry, int Days);

/// <summary>
/// Simple daily interest on a principal that stands still: principal × annual rate × days ÷ days of the year. Whole fen are booked, the rest is carried,
/// so accruing day by day books in sum what one step books, to the last unit.
/// Example: 1,000,000.00 yuan at 3.65 % ACT/365 is 100.00 yuan a day, nothing carried.
/// </summary>
public static class InterestAccrual
{
    /// <summary>Throws when <paramref name="to"/> is before <paramref name="from"/> or principal or rate is negative.</summary>
    public static AccrualStep Accrue(Money principal, Fraction annualRate, DayCount dayCount, DateOnly from, DateOnly to, AccrualCarry carry)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfNegative(principal.Fen);
        ArgumentOutOfRangeException.ThrowIfNegative(annualRate.Millionths);
        if (!carry.IsValid)
        {
            throw new ArgumentOutOfRangeException(nameof(carry), carry, "A carry is at least zero and below one fen.");
        }

        var days = dayCount.Days(from, to);
        var units = (Int128)principal.Fen * annualRate.Millionths * YearUnits(dayCount, from, to, days);
        var (booked, rest) = Int128.DivRem(carry.Units + units, AccrualCarry.UnitsPerFen);
        return new AccrualStep(new Money(checked((long)booked)), new AccrualCarry((long)rest), days);
    }

    /// <summary>The stretch as a whole number of units of a year.</summary>
    private static Int128 YearUnits(DayCount dayCount, DateOnly from, DateOnly to, int days)
    {
        if (dayCount != DayCount.ActualActual)
        {
            return (Int128)(AccrualCarry.YearUnits / dayCount.DaysPerYear()) * days;
        }

        var (common, leap) = DayCounts.DaysByYear(from, to);
        return ((Int128)(AccrualCarry.YearUnits / 365) * common) + ((Int128)(AccrualCarry.YearUnits / 366) * leap);
    }
}
