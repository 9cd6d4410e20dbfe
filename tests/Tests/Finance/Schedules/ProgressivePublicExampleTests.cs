using Earmark.Finance;
using Xunit;
using static Earmark.Tests.Finance.Schedules.Plans;

namespace Earmark.Tests.Finance.Schedules;

/// <summary>
/// Figures published with Apache Fineract (ProgressiveEMICalculatorTest and EMICalculation.feature; Apache-2.0), which rounds half-even:
/// 100.00 or so over six periods, on every day count, with drawings and rate changes on the way.
/// </summary>
public sealed class ProgressivePublicExampleTests
{
    private static ScheduleTerms Six(decimal rate, params Drawing[] drawings) => Terms(rate, 6, "2024-02-01", drawings) with { Rounding = Rounding.HalfEven };

    private static readonly Drawing Hundred = Drawn("2024-01-01", 100);

    [Fact]
    public void Thirty_360_at_9_4822_percent() => Assert.Equal(
        ["0.79+16.34=83.66", "0.66+16.47=67.19", "0.53+16.60=50.59", "0.40+16.73=33.86", "0.27+16.86=17.00", "0.13+17.00=0.00"],
        Rows(Six(9.4822m, Hundred)));

    [Fact]
    public void Actual_365_where_a_new_instalment_would_be_no_better_than_the_first() => Assert.Equal(
        ["1.33+16.10=83.90", "1.05+16.38=67.52", "0.90+16.53=50.99", "0.66+16.77=34.22", "0.46+16.97=17.25", "0.22+17.25=0.00"],
        Rows(Six(15.678m, Hundred) with { DayCount = DayCount.Actual365 }));

    [Fact]
    public void A_second_drawing_on_a_due_day_is_in_that_days_balance_and_in_the_next_instalments() => Assert.Equal(
        ["0.79+16.34=83.66", "0.66+16.47=167.19", "1.32+41.31=125.88", "0.99+41.64=84.24", "0.67+41.96=42.28", "0.33+42.28=0.00"],
        Rows(Six(9.4822m, Hundred, Drawn("2024-03-01", 100))));

    [Fact]
    public void A_second_drawing_in_the_first_period() => Assert.Equal(
        ["2.01+49.32=250.68", "1.98+49.35=201.33", "1.59+49.74=151.59", "1.20+50.13=101.46", "0.80+50.53=50.93", "0.40+50.93=0.00"],
        Rows(Six(9.4822m, Hundred, Drawn("2024-01-08", 200))));

    [Fact]
    public void A_second_drawing_inside_a_later_period() => Assert.Equal(
        ["0.79+16.34=83.66", "1.07+36.46=147.20", "1.16+36.37=110.83", "0.88+36.65=74.18", "0.59+36.94=37.24", "0.29+37.24=0.00"],
        Rows(Six(9.4822m, Hundred, Drawn("2024-02-15", 100))));

    [Fact]
    public void Drawings_after_the_period_began_bear_interest_from_their_day() => Assert.Equal(
        ["1.15+28.79=146.21", "1.16+28.78=117.43", "0.93+29.01=88.42", "0.70+29.24=59.18", "0.47+29.47=29.71", "0.23+29.71=0.00"],
        Rows(Six(9.4822m, Drawn("2024-01-05", 100), Drawn("2024-01-08", 50), Drawn("2024-01-08", 25))));

    [Fact]
    public void A_rate_change_computes_the_instalment_anew() => Assert.Equal(
        ["0.58+16.43=83.57", "0.28+16.60=66.97", "0.22+16.66=50.31", "0.17+16.71=33.60", "0.11+16.77=16.83", "0.06+16.83=0.00"],
        Rows(Six(7, Hundred) with { RateChanges = [new RateChange(Day("2024-02-01"), 0.04m)] }));

    [Fact]
    public void Actual_actual_across_the_turn_of_a_leap_year() => Assert.Equal(
        ["101.81+1623.75=8376.25", "85.14+1640.42=6735.83", "64.05+1661.51=5074.32", "51.58+1673.98=3400.34", "33.45+1692.11=1708.23", "17.36+1708.23=0.00"],
        Rows(Terms(12, 6, "2024-01-12", Drawn("2023-12-12", 10_000)) with { DayCount = DayCount.ActualActual, Rounding = Rounding.HalfEven }));

    [Fact]
    public void An_instalment_that_is_smoothed_actual_actual() => Assert.Equal(
        ["3.00+65.14=266.63", "2.41+65.73=200.90", "1.70+66.44=134.46", "1.21+66.93=67.53", "0.59+67.53=0.00"],
        Rows(Terms(10.65m, 5, "2024-01-12", Drawn("2023-12-12", 331.77m)) with { DayCount = DayCount.ActualActual, Rounding = Rounding.HalfEven }));

    [Fact]
    public void An_instalment_that_is_smoothed_30_360() => Assert.Equal(
        ["0.77+14.70=60.30", "0.62+14.85=45.45", "0.47+15.00=30.45", "0.31+15.16=15.29", "0.16+15.29=0.00"],
        Rows(Terms(12.3m, 5, "2024-02-01", Drawn("2024-01-01", 75)) with { Rounding = Rounding.HalfEven }));

    [Fact]
    public void Every_two_months() => Assert.Equal(
        ["2.00+32.68=67.32", "1.35+33.33=33.99", "0.68+33.99=0.00"],
        Rows(Terms(12, 3, "2024-03-01", Hundred) with { Every = new Every(2, PeriodUnit.Month), Rounding = Rounding.HalfEven }));

    [Fact]
    public void Every_two_weeks_on_30_360() => Assert.Equal(
        ["0.37+16.51=83.49", "0.31+16.57=66.92", "0.25+16.63=50.29", "0.19+16.69=33.60", "0.12+16.76=16.84", "0.06+16.84=0.00"],
        Rows(Terms(9.4822m, 6, "2024-01-15", Hundred) with { Every = new Every(2, PeriodUnit.Week), Rounding = Rounding.HalfEven }));

    [Fact]
    public void Every_week_on_actual_364() => Assert.Equal(
        ["16.77", "16.77", "16.77", "16.77", "16.77", "16.78"],
        Totals(Terms(9.4822m, 6, "2024-01-08", Hundred) with { Every = new Every(1, PeriodUnit.Week), DayCount = DayCount.Actual364, Rounding = Rounding.HalfEven }));

    [Fact]
    public void Every_fifteen_days_on_actual_360() => Assert.Equal(
        ["0.40+16.50=83.50", "0.33+16.57=66.93", "0.26+16.64=50.29", "0.20+16.70=33.59", "0.13+16.77=16.82", "0.07+16.82=0.00"],
        Rows(Terms(9.4822m, 6, "2024-01-16", Hundred) with { Every = new Every(15, PeriodUnit.Day), DayCount = DayCount.Actual360, Rounding = Rounding.HalfEven }));

    [Fact]
    public void Two_drawings_and_one_instalment() => Assert.Equal(
        ["9.03+2000.00=0.00"],
        Rows(Terms(7, 1, "2024-02-01", Drawn("2024-01-01", 1000), Drawn("2024-01-15", 1000)) with { Rounding = Rounding.HalfEven }));

    [Fact]
    public void A_first_period_of_48_days() => Assert.Equal(
        "1.22+",
        Rows(Terms(9.4822m, 6, "2024-02-18", Hundred) with { Rounding = Rounding.HalfEven })[0][..5]);

    [Fact]
    public void Without_interest() => Assert.Equal(["250.00", "250.00", "250.00", "250.00"], Totals(Terms(0, 4, "2024-02-01", Drawn("2024-01-01", 1000))));
}
