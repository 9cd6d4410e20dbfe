using Earmark.Finance;
using Xunit;

namespace Earmark.Tests.Finance;

public sealed class ClassificationTests
{
    [Theory]
    [InlineData(0, RiskClass.Pass)]
    [InlineData(1, RiskClass.SpecialMention)]
    [InlineData(90, RiskClass.SpecialMention)]
    [InlineData(91, RiskClass.Substandard)]
    [InlineData(270, RiskClass.Substandard)]
    [InlineData(271, RiskClass.Doubtful)]
    [InlineData(360, RiskClass.Doubtful)]
    [InlineData(361, RiskClass.Loss)]
    public void The_class_follows_the_days_past_due(int days, RiskClass expected) => Assert.Equal(expected, Classification.OfDays(days));

    [Fact]
    public void More_than_a_tenth_non_performing_pulls_the_rest_along_and_exactly_a_tenth_does_not()
    {
        Assert.Equal(
            [RiskClass.Pass, RiskClass.Substandard], Classification.OfDebtor([new Exposure(new Money(900), 0), new Exposure(new Money(100), 91)]));
        Assert.Equal(
            [RiskClass.Substandard, RiskClass.Substandard, RiskClass.Loss],
            Classification.OfDebtor([new Exposure(new Money(800), 0), new Exposure(new Money(90), 30), new Exposure(new Money(110), 400)]));
        Assert.Equal([RiskClass.Pass], Classification.OfDebtor([new Exposure(Money.Zero, 0)]));
    }

    /// <summary>10,000 each on the first of February, March and April; interest 600, 550, 500.</summary>
    private static readonly (DateOnly, Money, Money)[] Plan =
        [.. new[] { (2, 600), (3, 550), (4, 500) }.Select(row => (new DateOnly(2026, row.Item1, 1), Ranch.Yuan(10_000), Ranch.Yuan(row.Item2)))];

    private static Arrears At(DateOnly today, decimal paid, decimal receivable, decimal running, decimal paidInterest = 0) =>
        Arrears.Of(Plan, Ranch.Yuan(paid), Ranch.Yuan(paidInterest), Ranch.Yuan(receivable), Ranch.Yuan(running), today);

    [Fact]
    public void Nothing_is_late_on_the_due_day_itself_and_everything_unpaid_is_the_day_after()
    {
        Assert.Equal((0, null), (At(new DateOnly(2026, 2, 1), 0, 600, 600).DaysPastDue, At(new DateOnly(2026, 2, 1), 0, 600, 600).OldestDueOn));
        Assert.Equal(new Arrears(Ranch.Yuan(10_000), Ranch.Yuan(600), new DateOnly(2026, 2, 1), 1), At(new DateOnly(2026, 2, 2), 0, 620, 20));
    }

    [Fact]
    public void The_oldest_unpaid_row_counts_the_days()
    {
        Assert.Equal(new DateOnly(2026, 3, 1), At(new DateOnly(2026, 4, 10), 10_000, 0, 0).OldestDueOn);
        // Interest alone: 1,100 late are all of April's 500 and March's 550, and 50 of February's.
        Assert.Equal((new DateOnly(2026, 2, 1), 68), (At(new DateOnly(2026, 4, 10), 30_000, 1_100, 0).OldestDueOn, At(new DateOnly(2026, 4, 10), 30_000, 1_100, 0).DaysPastDue));
        Assert.Equal(new DateOnly(2026, 3, 1), At(new DateOnly(2026, 4, 10), 30_000, 1_050, 0).OldestDueOn);
        // Late principal bore 80 more than the plan: what was paid of February's tells that nothing of it is late.
        Assert.Equal(new DateOnly(2026, 3, 1), At(new DateOnly(2026, 4, 10), 10_000, 1_130, 0, paidInterest: 600).OldestDueOn);
        // Repaid early the plan asked for too much: what is late tells that it is April's.
        Assert.Equal(new DateOnly(2026, 4, 1), At(new DateOnly(2026, 4, 10), 30_000, 200, 0, paidInterest: 700).OldestDueOn);
    }

    [Fact]
    public void Paid_in_advance_or_short_of_a_fen_a_row_nothing_is_late()
    {
        Assert.Equal(0, At(new DateOnly(2026, 4, 10), 30_000, 40, 40).DaysPastDue);
        Assert.Equal(0, At(new DateOnly(2026, 4, 10), 30_000, 40.03m, 40).DaysPastDue);
        Assert.Equal(9, At(new DateOnly(2026, 4, 10), 30_000, 40.04m, 40).DaysPastDue);
    }
}
