using CsCheck;
using Earmark.Finance;
using Xunit;

namespace Earmark.Tests.Finance;

public sealed class EqualInstalmentsTests
{
    private static readonly EqualInstalmentTerms OneYear =
        new(Ranch.Yuan(100_000), Fraction.Percent(6), 12, new DateOnly(2026, 1, 31), 31);

    [Fact]
    public void A_hundred_thousand_at_six_percent_over_twelve_months_is_8_606_64_a_month()
    {
        // i = 0.005; 100,000 × 0.005 ÷ (1 − 1.005^−12) = 8,606.6430 (the textbook figure).
        var schedule = EqualInstalments.Compute(OneYear);
        var first = schedule.Instalments[0];
        Assert.Equal((Ranch.Yuan(500), Ranch.Yuan(8_106.64m), Ranch.Yuan(91_893.36m)), (first.Interest, first.Principal, first.BalanceAfter));
        var second = schedule.Instalments[1];
        Assert.Equal((Ranch.Yuan(459.47m), Ranch.Yuan(8_147.17m)), (second.Interest, second.Principal)); // 91,893.36 × 0.005 = 459.4668
        Assert.All(schedule.Instalments.SkipLast(1), instalment => Assert.Equal(Ranch.Yuan(8_606.64m), instalment.Total));
        Assert.Equal(Ranch.Yuan(8606.69m), schedule.Instalments[^1].Total);
        Assert.Equal(Money.Zero, schedule.Instalments[^1].BalanceAfter);
    }

    [Fact]
    public void A_month_end_seed_day_survives_february()
    {
        var days = EqualInstalments.Compute(OneYear with { Count = 26 }).Instalments.Select(instalment => instalment.DueOn).ToArray();
        Assert.Equal([new DateOnly(2026, 1, 31), new DateOnly(2026, 2, 28), new DateOnly(2026, 3, 31), new DateOnly(2026, 4, 30)], days[..4]);
        Assert.Equal(new DateOnly(2028, 2, 29), days[25]);
        var odd = EqualInstalments.Compute(OneYear with { FirstDueOn = new DateOnly(2026, 1, 10), SeedDay = 20 }).Instalments;
        Assert.Equal([new DateOnly(2026, 1, 10), new DateOnly(2026, 2, 20)], odd.Take(2).Select(instalment => instalment.DueOn));
    }

    [Fact]
    public void Principals_sum_to_the_loan_and_no_part_is_ever_negative() =>
        Gen.Select(Gen.Long[1, 100_000_000_000], Gen.Int[0, 1_000_000], Gen.Int[1, 600], Gen.Enum<Rounding>()).Sample((fen, rate, count, rounding) =>
        {
            var schedule = EqualInstalments.Compute(OneYear with { Principal = new Money(fen), AnnualRate = new Fraction(rate), Count = count, Rounding = rounding });
            return Money.Sum(schedule.Instalments.Select(instalment => instalment.Principal)) == new Money(fen)
                && schedule.Instalments.Count == count
                && schedule.Instalments.All(instalment => instalment.Principal >= Money.Zero && instalment.Interest >= Money.Zero);
        });

    [Fact]
    public void Without_interest_it_is_the_principal_in_equal_parts() =>
        Assert.Equal(
            [3334L, 3334L, 3332L],
            EqualInstalments.Compute(OneYear with { Principal = new Money(10_000), AnnualRate = Fraction.Zero, Count = 3, Rounding = Rounding.Up })
                .Instalments.Select(instalment => instalment.Total.Fen));

    [Fact]
    public void Terms_that_make_no_plan_are_named()
    {
        Assert.Null(EqualInstalments.Refuse(OneYear));
        Assert.Equal("principal-out-of-range", EqualInstalments.Refuse(OneYear with { Principal = Money.Zero }));
        Assert.Equal("rate-out-of-range", EqualInstalments.Refuse(OneYear with { AnnualRate = new Fraction(-1) }));
        Assert.Equal("count-out-of-range", EqualInstalments.Refuse(OneYear with { Count = 601 }));
        Assert.Equal("seed-day-out-of-range", EqualInstalments.Refuse(OneYear with { SeedDay = 32 }));
        Assert.Equal("dates-out-of-range", EqualInstalments.Refuse(OneYear with { FirstDueOn = DateOnly.MaxValue }));
        Assert.Throws<ArgumentException>(() => EqualInstalments.Compute(OneYear with { Count = 0 }));
    }
}
