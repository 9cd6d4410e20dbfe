using CsCheck;
using Earmark.Finance;
using Xunit;

namespace Earmark.Tests.Finance;

public sealed class InterestAccrualTests
{
    private static readonly DateOnly Start = new(2026, 1, 31);

    [Fact]
    public void A_million_at_3_65_percent_over_365_is_a_hundred_yuan_a_day()
    {
        var step = InterestAccrual.Accrue(Ranch.Yuan(1_000_000), new Fraction(36_500), DayCount.Actual365, Start, Start.AddDays(1), default);
        Assert.Equal(new AccrualStep(Ranch.Yuan(100), default, 1), step);
    }

    [Theory]
    [InlineData(DayCount.Actual365, 365, 4_500_000)] // 1,000,000 × 4.5 % × 365 ÷ 365
    [InlineData(DayCount.Actual360, 365, 4_562_500)] // × 365 ÷ 360 = 45,625.00
    [InlineData(DayCount.Thirty360, 360, 4_500_000)] // 12 months of 30 days
    public void A_year_bears_what_its_day_count_says(DayCount dayCount, int days, long fen)
    {
        var step = InterestAccrual.Accrue(Ranch.Yuan(1_000_000), new Fraction(45_000), dayCount, Start, Start.AddYears(1), default);
        Assert.Equal((days, new Money(fen)), (step.Days, step.Booked));
    }

    [Fact]
    public void In_30_360_february_has_thirty_days_and_the_31st_bears_nothing()
    {
        Assert.Equal(3, DayCount.Thirty360.Days(new DateOnly(2026, 2, 28), new DateOnly(2026, 3, 1)));
        Assert.Equal(0, DayCount.Thirty360.Days(new DateOnly(2026, 3, 30), new DateOnly(2026, 3, 31)));
        Assert.Equal(1, DayCount.Thirty360.Days(new DateOnly(2026, 3, 31), new DateOnly(2026, 4, 1)));
    }

    [Fact]
    public void Day_by_day_books_what_one_step_books_and_loses_nothing() =>
        Gen.Select(Gen.Long[0, 100_000_000_000], Gen.Int[0, 300_000], Gen.Enum<DayCount>().Where(count => count != DayCount.Nominal), Gen.Int[0, 400]).Sample((fen, rate, dayCount, days) =>
        {
            var (principal, annual) = (new Money(fen), new Fraction(rate));
            var booked = Money.Zero;
            var carry = default(AccrualCarry);
            for (var day = 0; day < days; day++)
            {
                var step = InterestAccrual.Accrue(principal, annual, dayCount, Start.AddDays(day), Start.AddDays(day + 1), carry);
                booked += step.Booked;
                carry = step.Carry;
            }

            var whole = InterestAccrual.Accrue(principal, annual, dayCount, Start, Start.AddDays(days), default);
            // 2026 and 2027 are no leap years.
            var exact = (decimal)fen * rate * dayCount.Days(Start, Start.AddDays(days)) / 1_000_000m / (dayCount == DayCount.ActualActual ? 365 : dayCount.DaysPerYear());
            return (booked, carry) == (whole.Booked, whole.Carry) && booked.Fen == Math.Floor(exact);
        });

    [Fact]
    public void The_last_night_of_a_year_is_the_new_years_in_actual_actual()
    {
        // 366,000 × 3.65 %: a night of 2027 is 36.60, of leap 2028, 31 December's among them, 36.50.
        var nights = new[] { 30, 31 }.Select(day => InterestAccrual.Accrue(
            Ranch.Yuan(366_000), new Fraction(36_500), DayCount.ActualActual, new DateOnly(2027, 12, day), new DateOnly(2027, 12, day).AddDays(1), default));
        Assert.Equal([Ranch.Yuan(36.60m), Ranch.Yuan(36.50m)], nights.Select(night => night.Booked));
    }

    [Fact]
    public void A_carry_of_a_fen_or_a_period_backwards_is_a_bug()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            InterestAccrual.Accrue(new Money(1), Fraction.One, DayCount.Actual365, Start, Start, new AccrualCarry(long.MaxValue)));
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            InterestAccrual.Accrue(new Money(1), Fraction.One, DayCount.Actual365, Start, Start.AddDays(-1), default));
    }
}
