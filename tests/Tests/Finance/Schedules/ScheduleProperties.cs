using CsCheck;
using Earmark.Finance;
using Xunit;
using static Earmark.Tests.Finance.Schedules.Plans;

namespace Earmark.Tests.Finance.Schedules;

/// <summary>What holds of every plan, whatever its method.</summary>
public sealed class ScheduleProperties
{
    private static readonly DateOnly Start = Day("2024-01-15");

    private static readonly Gen<Drawing> Drawing = Gen.Select(Gen.Int[0, 200], Gen.Long[1, 10_000_000_000], (days, fen) => new Drawing(Start.AddDays(days), new Money(fen)));

    internal static readonly Gen<ScheduleTerms> AnyTerms =
        Gen.Select(
            Gen.Enum<RepaymentMethod>(), Drawing.Array[1, 4], Gen.Int[0, 400_000], Gen.Int[8, 120], Gen.Enum<DayCount>(), Gen.Enum<Rounding>(), Gen.Int[0, 4], Gen.Bool)
        .SelectMany(basic => Gen.Select(Gen.Int[1, 31], Gen.Enum<PeriodUnit>(), Gen.Int[0, 3], Gen.OneOf(Gen.Const(0L), Gen.Const(100L), Gen.Const(1_000L)), Gen.OneOf(Gen.Const(1L), Gen.Const(100L)), Gen.Int[1, 12].Array[1, 8], (seed, unit, grace, multiple, currency, shares) =>
        {
            var (method, drawings, rate, count, dayCount, rounding, interestGrace, changes) = basic;
            var isSeasonal = method == RepaymentMethod.Seasonal;
            var total = (decimal)shares.Sum();
            var percents = shares.Select(share => decimal.Round(share / total, 4)).ToArray();
            percents[^1] = 1 - percents[..^1].Sum();
            return new ScheduleTerms
            {
                Drawings = [new Drawing(Start, new Money(1_000_000)), .. drawings],
                AnnualRate = rate / 1_000_000m,
                Method = method,
                FirstDueOn = Start.AddDays(unit == PeriodUnit.Day ? 100 : 20 + seed),
                SeedDay = seed,
                Every = new Every(unit == PeriodUnit.Day ? 45 : unit == PeriodUnit.Week ? 6 : 1, unit),
                Instalments = isSeasonal ? null : count,
                DueDates = isSeasonal ? [.. percents.Select((share, i) => new SeasonalDue(Start.AddDays(201 + (90 * i)), share))] : [],
                DayCount = isSeasonal && dayCount == DayCount.Nominal ? DayCount.Actual365 : dayCount,
                Rounding = rounding,
                PrincipalGrace = isSeasonal ? 0 : grace,
                InterestGrace = isSeasonal ? 0 : interestGrace,
                InstalmentMultiple = new Money(multiple),
                CurrencyMultiple = new Money(currency),
                PrincipalPerInstalment = method == RepaymentMethod.Balloon ? 0.01m : null,
                RateChanges = changes ? [new RateChange(Start.AddDays(140), rate / 2_000_000m)] : [],
            };
        }));

    [Fact]
    public void The_principals_sum_to_what_was_lent_and_the_last_balance_is_nothing() => AnyTerms.Sample(terms =>
    {
        Assert.Null(ScheduleChecks.Refuse(terms));
        var rows = Earmark.Finance.Schedules.Compute(terms).Instalments;
        Assert.Equal(terms.Principal, Money.Sum(rows.Select(row => row.Principal)));
        Assert.Equal(Money.Zero, rows[^1].BalanceAfter);
        Assert.All(rows, row => Assert.True(row.Principal >= Money.Zero && row.Interest >= Money.Zero && row.BalanceAfter >= Money.Zero, row.ToString()));
    });

    [Fact]
    public void Due_days_rise_and_the_same_terms_give_the_same_rows() => AnyTerms.Sample(terms =>
    {
        var rows = Earmark.Finance.Schedules.Compute(terms).Instalments;
        Assert.True(rows.Zip(rows.Skip(1)).All(pair => pair.First.DueOn < pair.Second.DueOn));
        var again = terms with { Drawings = [.. terms.Drawings.Reverse()], RateChanges = [.. terms.RateChanges.Reverse()] };
        Assert.Equal(rows, Earmark.Finance.Schedules.Compute(again).Instalments);
    });

    [Fact]
    public void A_longer_interest_grace_moves_interest_and_changes_none_of_it() => AnyTerms.Where(terms => terms.Instalments is not null).Sample(terms =>
    {
        var moved = Earmark.Finance.Schedules.Compute(terms with { InterestGrace = 5 });
        var kept = Earmark.Finance.Schedules.Compute(terms with { InterestGrace = 0 });
        Assert.Equal(kept.TotalInterest, moved.TotalInterest);
    });

    [Fact]
    public void Interest_is_rounded_as_whole_numbers_would_be() =>
        Gen.Select(Gen.Long[1, 2_000_000_000_000], Gen.Int[0, 4_000_000], Gen.Enum<Rounding>(), Gen.Int[1, 40]).Sample((fen, rate, rounding, count) =>
        {
            var terms = Terms(0, count, "2026-02-01", new Drawing(Day("2026-01-01"), new Money(fen))) with
            {
                AnnualRate = rate / 1_000_000m,
                Method = RepaymentMethod.InterestFirst,
                Rounding = rounding,
            };
            var exact = (long)rounding.Divide((Int128)fen * rate, 12_000_000);
            Assert.All(Earmark.Finance.Schedules.Compute(terms).Instalments, row => Assert.Equal(exact, row.Interest.Fen));
        });
}
