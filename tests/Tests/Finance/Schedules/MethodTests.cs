using Earmark.Finance;
using Xunit;
using static Earmark.Tests.Finance.Schedules.Plans;

namespace Earmark.Tests.Finance.Schedules;

/// <summary>One small example of each method and convention, with the arithmetic beside it.</summary>
public sealed class MethodTests
{
    private static readonly ScheduleTerms OneYear = Terms(6, 12, "2026-01-31", Drawn("2025-12-31", 100_000)) with { SeedDay = 31 };

    [Fact]
    public void Equal_instalments_of_a_hundred_thousand_at_six_percent_are_8_606_64_a_month()
    {
        // 100,000 × 0.005 ÷ (1 − 1.005^−12) = 8,606.6430, the textbook figure of 等额本息. The last differs by 5 fen, not more than ⌊12 ÷ 2⌋.
        Assert.Equal([.. Enumerable.Repeat("8606.64", 11), "8606.69"], Totals(OneYear));
        Assert.Equal(["500.00+8106.64=91893.36", "459.47+8147.17=83746.19"], Rows(OneYear)[..2]);
    }

    [Fact]
    public void Equal_principal_of_120_000_at_six_percent_falls_by_fifty_a_month()
    {
        // 等额本金: 10,000 of principal each; interest 120,000 × 0.5 % = 600, then 550, …, 50; 3,900 in all.
        var schedule = Earmark.Finance.Schedules.Compute(OneYear with { Method = RepaymentMethod.EqualPrincipal, Drawings = [Drawn("2025-12-31", 120_000)] });
        Assert.Equal(["10600.00", "10550.00", "10500.00"], schedule.Instalments.Take(3).Select(row => row.Total.ToString()));
        Assert.Equal(("10050.00", "3900.00"), (schedule.Instalments[^1].Total.ToString(), schedule.TotalInterest.ToString()));
    }

    [Fact]
    public void Interest_first_and_bullet_bear_the_same_interest_when_it_rounds_to_nothing()
    {
        Assert.Equal([.. Enumerable.Repeat("500.00", 11), "100500.00"], Totals(OneYear with { Method = RepaymentMethod.InterestFirst }));
        Assert.Equal(["6000.00+100000.00=0.00"], Rows(OneYear with { Method = RepaymentMethod.Bullet }));
        // 利随本清 over 184 actual days: 100,000 × 6 % × 184 ÷ 360 = 3,066.67.
        var half = Terms(6, 1, "2026-07-03", Drawn("2025-12-31", 100_000)) with { Method = RepaymentMethod.Bullet, DayCount = DayCount.Actual360 };
        Assert.Equal(["3066.67+100000.00=0.00"], Rows(half));
    }

    [Fact]
    public void Flat_bears_interest_on_all_that_was_drawn_to_the_end()
    {
        // 等本等息: 100,000 × 0.5 % = 500 each month; principal 8,333.33, the last 8,333.37.
        var rows = Rows(OneYear with { Method = RepaymentMethod.Flat });
        Assert.Equal(["500.00+8333.33=91666.67", "500.00+8333.37=0.00"], [rows[0], rows[^1]]);
    }

    [Fact]
    public void A_balloon_leaves_the_rest_to_the_last()
    {
        var byShare = Rows(OneYear with { Method = RepaymentMethod.Balloon, PrincipalPerInstalment = 0.05m });
        Assert.Equal(["500.00+5000.00=95000.00", "225.00+45000.00=0.00"], [byShare[0], byShare[^1]]);
        var byAmount = Rows(OneYear with { Method = RepaymentMethod.Balloon, FixedInstalment = Yuan(2_500) });
        Assert.Equal("500.00+2000.00=98000.00", byAmount[0]);
        Assert.EndsWith("=0.00", byAmount[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_fixed_instalment_without_a_number_ends_when_it_is_repaid()
    {
        // 1,000 at 12 %: 10.00 + 290.00, 7.10 + 292.90, 4.17 + 295.83, then 121.27 and its 1.21.
        var terms = Terms(12, 1, "2026-02-01", Drawn("2026-01-01", 1_000)) with { Instalments = null, FixedInstalment = Yuan(300) };
        Assert.Equal(["10.00+290.00=710.00", "7.10+292.90=417.10", "4.17+295.83=121.27", "1.21+121.27=0.00"], Rows(terms));
        Assert.Equal("fixedInstalment", ScheduleChecks.Refuse(terms with { FixedInstalment = Yuan(10) })!.Field);
    }

    [Fact]
    public void A_seasonal_plan_pays_its_shares_on_its_days()
    {
        // 出栏季: 60 % on 30 September, 40 % on 30 November; actual/365 from 1 April: 182 days of 100,000 and 61 of 40,000 at 7.3 %.
        var terms = new ScheduleTerms
        {
            Drawings = [Drawn("2026-04-01", 100_000)],
            AnnualRate = 0.073m,
            Method = RepaymentMethod.Seasonal,
            DayCount = DayCount.Actual365,
            DueDates = [new SeasonalDue(Day("2026-09-30"), 0.6m), new SeasonalDue(Day("2026-11-30"), 0.4m)],
        };
        Assert.Equal(["3640.00+60000.00=40000.00", "488.00+40000.00=0.00"], Rows(terms));
    }

    [Fact]
    public void Grace_on_principal_bears_interest_only_and_grace_on_interest_moves_it()
    {
        var grace = Rows(OneYear with { PrincipalGrace = 2, Instalments = 14 });
        Assert.Equal(["500.00+0.00=100000.00", "500.00+0.00=100000.00", "500.00+8106.64=91893.36"], grace[..3]);
        var moved = Rows(OneYear with { InterestGrace = 2 });
        // 500.00 and 459.47 wait; the third instalment carries them beside its own 83,746.19 × 0.5 % = 418.73.
        Assert.Equal(["0.00+8106.64=91893.36", "0.00+8147.17=83746.19", "1378.20+8187.91=75558.28"], moved[..3]);
    }

    [Fact]
    public void Multiples_round_instalments_and_every_amount()
    {
        Assert.Equal("8600.00", Totals(OneYear with { InstalmentMultiple = Yuan(100) })[0]);
        Assert.Equal("500+8107=91893", Rows(OneYear with { CurrencyMultiple = Yuan(1) })[0].Replace(".00", "", StringComparison.Ordinal));
        // A multiple that would make every instalment nothing is left out.
        Assert.Equal("8606.64", Totals(OneYear with { InstalmentMultiple = Yuan(1_000_000) })[0]);
    }

    [Fact]
    public void Rounding_is_the_terms_own()
    {
        // 1,001.00 at 6 % bears 5.005 a month.
        var terms = Terms(6, 2, "2026-02-01", Drawn("2026-01-01", 1_001)) with { Method = RepaymentMethod.InterestFirst };
        Assert.Equal(
            ["5.01", "5.00", "5.01"],
            new[] { Rounding.HalfUp, Rounding.HalfEven, Rounding.Up }.Select(rounding => Totals(terms with { Rounding = rounding })[0]));
    }

    [Fact]
    public void A_month_end_seed_day_survives_february()
    {
        var days = Earmark.Finance.Schedules.Compute(OneYear with { Instalments = 26 }).Instalments.Select(row => row.DueOn).ToArray();
        Assert.Equal([Day("2026-01-31"), Day("2026-02-28"), Day("2026-03-31"), Day("2026-04-30")], days[..4]);
        Assert.Equal(Day("2028-02-29"), days[25]);
        // Each of those months bears a twelfth on 30/360, long or short.
        Assert.All(Rows(OneYear with { Method = RepaymentMethod.InterestFirst })[..11], row => Assert.StartsWith("500.00+0.00", row, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DayCount.Thirty360, "54.84")] // 17 of the 31 days from 1 January: 0.1 × 17 ÷ 31 ÷ 12 × 12,000
    [InlineData(DayCount.Nominal, "54.84")]
    [InlineData(DayCount.Actual360, "56.67")] // 17 ÷ 360
    [InlineData(DayCount.Actual364, "56.04")]
    [InlineData(DayCount.Actual365, "55.89")]
    [InlineData(DayCount.ActualActual, "55.74")] // 17 ÷ 366: 2024
    public void A_loan_drawn_in_the_middle_of_a_period_bears_its_days(DayCount dayCount, string interest) => Assert.Equal(
        interest,
        Earmark.Finance.Schedules.Compute(Terms(10, 12, "2024-02-01", Drawn("2024-01-15", 12_000)) with { DayCount = dayCount }).Instalments[0].Interest.ToString());

    [Fact]
    public void The_last_night_of_december_belongs_to_the_new_year()
    {
        // 30 December 2023 to 2 January 2024: one night of 2023, two of 2024: 36,600 × (1 ÷ 365 + 2 ÷ 366) × 10 % = 10.03 + 20.00.
        var terms = Terms(10, 1, "2024-01-02", Drawn("2023-12-30", 36_600)) with { DayCount = DayCount.ActualActual };
        Assert.Equal("30.03", Earmark.Finance.Schedules.Compute(terms).TotalInterest.ToString());
    }

    [Fact]
    public void Rates_of_a_month_and_of_the_whole_term_become_yearly_ones()
    {
        Assert.Equal(0.06m, RateTerms.FromMonthly(0.005m));
        Assert.Equal(0.12m, RateTerms.FromTerm(0.06m, 6, Every.Month));
        Assert.Equal(0.26m, RateTerms.FromTerm(0.02m, 2, new Every(2, PeriodUnit.Week)));
    }

    [Fact]
    public void Fees_come_with_every_instalment_or_with_the_first_after_their_day()
    {
        var terms = OneYear with { Fees = [new Fee(Yuan(10), null, null), new Fee(null, 0.01m, Day("2026-02-10"))] };
        Assert.Equal(["10.00", "1010.00", "10.00", "10.00"], Earmark.Finance.Schedules.Compute(terms).Instalments.Take(4).Select(row => row.Fees.ToString()));
    }
}
