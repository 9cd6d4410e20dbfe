using CsCheck;
using Earmark.Finance;
using Xunit;
using static Earmark.Tests.Finance.Schedules.Plans;

namespace Earmark.Tests.Finance.Schedules;

public sealed class LoanReplayTests
{
    /// <summary>120,000 at 6 % over 12 months of equal principal: 10,000 each; interest 600, 550, …</summary>
    private static readonly ScheduleTerms Loan = Terms(6, 12, "2026-02-01", Drawn("2026-01-01", 120_000)) with { Method = RepaymentMethod.EqualPrincipal };

    private static Replayed Play(ScheduleTerms terms, string? asOf, params (string On, decimal Yuan)[] payments) => Play(terms, EarlyEffect.ShorterTerm, asOf, payments);

    private static Replayed Play(ScheduleTerms terms, EarlyEffect effect, string? asOf, params (string On, decimal Yuan)[] payments) => LoanReplay.Compute(
        terms, [.. payments.Select(payment => new Payment(Day(payment.On), Yuan(payment.Yuan)))], asOf is null ? null : Day(asOf), effect, Allocation.DefaultOrder);

    [Fact]
    public void Paid_as_agreed_there_is_only_the_balance_and_the_running_interest()
    {
        var owed = Play(Loan, "2026-03-01", ("2026-02-01", 10_600), ("2026-03-01", 10_550)).Owed!;
        Assert.Equal((Yuan(100_000), Money.Zero, Money.Zero, 0), (owed.Principal, owed.Interest, owed.Due.Total, owed.DaysPastDue));
        // Ten of the 31 days of March: 100,000 × 0.5 % × 10 ÷ 31.
        Assert.Equal(Yuan(161.29m), Play(Loan, "2026-03-11", ("2026-02-01", 10_600), ("2026-03-01", 10_550)).Owed!.Interest);
    }

    [Fact]
    public void Unpaid_dues_bear_the_penalty_rate_from_their_day_once_the_grace_is_over()
    {
        // 10,600 at 9 % on 360: ten days are 26.50. Principal 罚息 and interest 复利 alike.
        var late = Loan with { PenaltyRate = 0.09m, GraceDays = 3 };
        Assert.Equal(Money.Zero, Play(late, "2026-02-04").Owed!.Penalty);
        var owed = Play(late, "2026-02-11").Owed!;
        Assert.Equal((Yuan(26.50m), Yuan(10_000), Yuan(600), 10), (owed.Penalty, owed.Due.Principal, owed.Due.Interest, owed.DaysPastDue));
        Assert.Equal(Yuan(120_000), owed.Principal);
        // Paid within the grace nothing was ever charged.
        Assert.Equal(Money.Zero, Play(late, "2026-02-20", ("2026-02-04", 10_600)).Owed!.Penalty);
        // A part paid on the tenth day goes to penalty, then interest, then principal: 26.50 + 600 + 373.50.
        var part = Play(late, "2026-02-11", ("2026-02-11", 1_000)).Owed!.Due;
        Assert.Equal((Money.Zero, Money.Zero, Yuan(9_626.50m)), (part.Penalty, part.Interest, part.Principal));
    }

    [Fact]
    public void Penalty_runs_by_the_days_of_the_loans_own_day_count()
    {
        // 10,000 + its actual/365 interest (120,000 × 6 % × 31 ÷ 365 = 611.51): 10,611.51 × 9 % × 10 ÷ 365 = 26.17.
        var late = Loan with { DayCount = DayCount.Actual365, PenaltyRate = 0.09m };
        Assert.Equal(Yuan(26.17m), Play(late, "2026-02-11").Owed!.Penalty);
    }

    [Fact]
    public void Money_in_advance_pays_the_interest_of_its_days_and_then_principal()
    {
        // 1 to 16 February are 15 of 28 days: 110,000 × 0.5 % × 15 ÷ 28 = 294.64; then 30,000 of principal.
        var played = Play(Loan, EarlyEffect.LowerInstalment, "2026-02-16", ("2026-02-01", 10_600), ("2026-02-16", 30_294.64m));
        Assert.Equal("294.64+30000.00=80000.00", Rows(played.Rows)[1]);
        Assert.Equal((Yuan(80_000), Money.Zero), (played.Owed!.Principal, played.Owed.Interest));
        // The rest of February on 80,000: 550.00 − 30,000 × 0.5 % × 13 ÷ 28 − 294.64 = 185.72; eleven rows share 80,000.
        Assert.Equal("185.72+7272.73=72727.27", Rows(played.Rows)[2]);
        Assert.Equal(13, played.Rows.Count);
    }

    [Fact]
    public void With_a_shorter_term_the_instalment_stays_and_the_last_ones_fall_away()
    {
        var terms = Loan with { Method = RepaymentMethod.EqualInstalment };
        var plan = Earmark.Finance.Schedules.Compute(terms).Instalments;
        var played = Play(terms, null, ("2026-02-01", plan[0].Total.Yuan), ("2026-02-02", 50_000));
        Assert.Equal(plan[2].Total, played.Rows[3].Total);
        Assert.True(played.Rows.Count < 10, $"{played.Rows.Count} rows");
        Assert.Equal(Yuan(120_000), Money.Sum(played.Rows.Select(row => row.Principal)));
        var lower = Play(terms, EarlyEffect.LowerInstalment, null, ("2026-02-01", plan[0].Total.Yuan), ("2026-02-02", 50_000));
        Assert.Equal(13, lower.Rows.Count);
        Assert.True(lower.Rows[3].Total < plan[2].Total, lower.Rows[3].ToString());
    }

    [Fact]
    public void Paid_off_at_once_nothing_is_owed_and_what_was_too_much_is_told()
    {
        var played = Play(Loan, "2026-06-01", ("2026-01-11", 200_000));
        Assert.Equal(["193.55+120000.00=0.00"], Rows(played.Rows)); // 10 of 31 days
        Assert.Equal((Money.Zero, Yuan(200_000 - 120_193.55m)), (played.Owed!.Total, played.Unapplied));
        Assert.Equal(Money.Zero, Play(Loan with { Method = RepaymentMethod.Bullet }, "2026-06-01", ("2026-01-11", 200_000)).Owed!.Total);
    }

    [Fact]
    public void What_is_behind_in_interest_grace_is_owed_though_not_yet_due()
    {
        var owed = Play(Loan with { InterestGrace = 2 }, "2026-02-01", ("2026-02-01", 10_000)).Owed!;
        Assert.Equal((Yuan(110_000), Yuan(600), Money.Zero), (owed.Principal, owed.Interest, owed.Due.Total));
    }

    [Fact]
    public void Payments_after_the_day_asked_for_are_not_known_then() =>
        Assert.Equal(Play(Loan, "2026-02-15").Owed, Play(Loan, "2026-02-15", ("2026-02-16", 500)).Owed);

    [Fact]
    public void The_largest_loan_that_is_taken_is_computed_to_its_very_end()
    {
        var largest = Terms(1000, 96, "2026-02-01", new Drawing(Day("2026-01-01"), new Money(90_000_000_000_000))) with { PenaltyRate = 10, Method = RepaymentMethod.Bullet };
        Assert.Null(ScheduleChecks.Refuse(largest));
        var owed = LoanReplay.Compute(largest, [], ScheduleChecks.LatestDay(largest), EarlyEffect.ShorterTerm, Allocation.DefaultOrder).Owed!;
        Assert.True(owed.Penalty > owed.Interest && owed.Interest > owed.Principal, owed.ToString());
        Assert.Equal("principal", ScheduleChecks.Refuse(largest with { Instalments = 120 })!.Field);
        var latest = Terms(1, 1, "9000-12-31", Drawn("9000-01-01", 1));
        Assert.Equal(9_101, ScheduleChecks.LatestDay(latest).Year);
        Assert.Equal(9_999, ScheduleChecks.LatestDay(latest with { Instalments = 600, Every = new Every(18, PeriodUnit.Month) }).Year);
    }

    private static readonly Gen<Payment[]> Payments = Gen.Select(Gen.Int[0, 400], Gen.Long[1, 2_000_000_000], (days, fen) => new Payment(Day("2024-01-10").AddDays(days), new Money(fen))).Array[0, 8];

    [Fact]
    public void Any_order_of_payments_comes_to_the_same_end() => Gen.Select(ScheduleProperties.AnyTerms, Payments, Gen.Enum<EarlyEffect>(), Gen.Int[0, 1000]).Sample((terms, payments, effect, seed) =>
    {
        var late = terms with { PenaltyRate = 0.1m, GraceDays = seed % 5 };
        var asOf = Day("2024-06-01").AddDays(seed);
        var shuffled = payments.ToArray();
        new Random(seed).Shuffle(shuffled);
        var (one, other) = (LoanReplay.Compute(late, payments, asOf, effect, Allocation.DefaultOrder), LoanReplay.Compute(late, shuffled, asOf, effect, Allocation.DefaultOrder));
        Assert.Equal(one.Rows, other.Rows);
        Assert.Equal((one.Owed, one.Unapplied), (other.Owed, other.Unapplied));
    });

    [Fact]
    public void Every_fen_paid_is_somewhere_and_the_principals_still_sum() => Gen.Select(ScheduleProperties.AnyTerms, Payments, Gen.Enum<EarlyEffect>(), Gen.Int[0, 1000]).Sample((terms, payments, effect, days) =>
    {
        var late = terms with { PenaltyRate = 0.1m };
        var asOf = Day("2025-06-01").AddDays(days);
        var played = LoanReplay.Compute(late, payments, asOf, effect, Allocation.DefaultOrder);
        Assert.Equal(late.Principal, Money.Sum(played.Rows.Select(row => row.Principal)));
        var billed = Money.Sum(played.Rows.Where(row => row.DueOn <= asOf).Select(row => row.Total));
        Assert.Equal(Money.Sum(payments.Select(payment => payment.Amount)), billed - played.Owed!.Due.Total + played.Unapplied);
        Assert.True(played.Owed is { Principal.Fen: >= 0, Interest.Fen: >= 0, Penalty.Fen: >= 0 }, played.Owed.ToString());
    });
}
