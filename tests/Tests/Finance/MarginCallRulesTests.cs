using CsCheck;
using Earmark.Finance;
using Xunit;
using static Earmark.Tests.Finance.Ranch;

namespace Earmark.Tests.Finance;

public sealed class MarginCallRulesTests
{
    private static readonly CoverResult Breached = CoverOf(Yuan(800_000), 1_000_000);
    private static readonly CoverResult Healthy = CoverOf(Yuan(800_000), 2_000_000);

    private static MarginCallInputs Inputs(LineState line, CoverResult cover, DateTimeOffset? now = null) =>
        new(line, cover, null, false, Now.AddDays(3), false, false, TimeSpan.Zero, now ?? Now);

    private static MarginCall Step(MarginCall? call, MarginCallInputs inputs)
    {
        var happened = MarginCallRules.Decide(call, inputs, Lines);
        Assert.NotNull(happened);
        return MarginCallRules.Apply(call, happened, "MC-1");
    }

    private static MarginCall Called() =>
        Step(Step(null, Inputs(LineState.MarginCall, Breached)), Inputs(LineState.MarginCall, Breached) with { IsNoticeDelivered = true });

    [Fact]
    public void A_call_opens_once_is_called_when_its_notice_is_delivered_and_cured_once()
    {
        Assert.Null(MarginCallRules.Decide(null, Inputs(LineState.Warning, Breached), Lines));
        var call = Step(null, Inputs(LineState.MarginCall, Breached));
        Assert.Equal((MarginCallState.Opened, "MC-1", Now), (call.State, call.Id, call.OpenedAt));
        Assert.Null(MarginCallRules.Decide(call, Inputs(LineState.MarginCall, Breached), Lines));
        call = Step(call, Inputs(LineState.MarginCall, Breached) with { IsNoticeDelivered = true });
        Assert.Equal((MarginCallState.Called, (DateTimeOffset?)Now.AddDays(3)), (call.State, call.DueAt));
        call = Step(call, Inputs(LineState.Warning, Healthy));
        Assert.Equal(MarginCallState.Cured, call.State);
        Assert.False(call.IsOpen);
        Assert.Null(MarginCallRules.Decide(call, Inputs(LineState.Warning, Healthy), Lines));
    }

    [Fact]
    public void Retracted_evidence_withdraws_instead_of_curing()
    {
        var happened = MarginCallRules.Decide(Called(), Inputs(LineState.Clear, Healthy) with { IsEvidenceRetracted = true }, Lines);
        Assert.Equal((MarginCallState.Withdrawn, "evidence-retracted"), (happened!.To, happened.Code));
        Assert.Null(MarginCallRules.Decide(Called(), Inputs(LineState.MarginCall, Breached) with { IsEvidenceRetracted = true }, Lines));
    }

    [Fact]
    public void It_is_enforced_after_its_due_time_and_an_outage_lengthens_the_period()
    {
        var due = Now.AddDays(3);
        Assert.Null(MarginCallRules.Decide(Called(), Inputs(LineState.MarginCall, Breached, due), Lines));
        var late = Inputs(LineState.MarginCall, Breached, due.AddHours(5));
        Assert.Equal("cure-period-over", MarginCallRules.Decide(Called(), late, Lines)!.Code);
        Assert.Equal("liquidation-line", MarginCallRules.Decide(Called(), late with { Line = LineState.Liquidation }, Lines)!.Code);
        Assert.Null(MarginCallRules.Decide(Called(), late with { IsUnobserved = true }, Lines));
        Assert.Null(MarginCallRules.Decide(Called(), late with { UnobservedSinceCalled = TimeSpan.FromHours(5) }, Lines));
        Assert.NotNull(MarginCallRules.Decide(Called(), late with { UnobservedSinceCalled = TimeSpan.FromHours(4) }, Lines));
    }

    [Fact]
    public void An_uncalled_call_is_never_enforced() =>
        Assert.Null(MarginCallRules.Decide(
            Step(null, Inputs(LineState.Liquidation, Breached)), Inputs(LineState.Liquidation, Breached, Now.AddYears(1)), Lines));

    [Fact]
    public void Its_reasons_name_what_moved_the_value()
    {
        // 30 of 100 head die and the price falls from 34 to 30: both are named, the larger loss first.
        var before = Earmark.Finance.Cover.Compute([Row(50_000)], [], [Price], Terms, Yuan(900_000), Now);
        var after = Earmark.Finance.Cover.Compute(
            [Row(35_000)], [new ExcludedRow("dead-presumed", Class, "angus", 30, 15_000_000)], [Price with { FenPerTonne = 3_000_000 }], Terms, Yuan(900_100), Now);
        var reasons = CoverChange.Between(before, after);
        Assert.Equal(["quantity-fell", "excluded:dead-presumed", "price-fell", "debt-rose"], reasons.Select(reason => reason.Code));
        Assert.Equal([Yuan(510_000), Yuan(450_000), Yuan(140_000), Yuan(100)], reasons.Select(reason => reason.Lost));
        Assert.Equal(30, reasons[1].Count);
    }

    [Fact]
    public void The_cure_of_the_worked_example_is_150_000_paid_or_230_769_24_added()
    {
        // Debt 800,000, eligible 1,000,000, target 65 %: 650,000 is covered; 800,000 ÷ 0.65 = 1,230,769.2307…
        var cure = Cure.To(Fraction.Percent(65), Yuan(800_000), Yuan(1_000_000));
        Assert.Equal(new Cure(Yuan(150_000), Yuan(230_769.24m)), cure);
    }

    [Fact]
    public void Either_cure_reaches_the_target_and_a_fen_less_does_not() =>
        Gen.Select(Gen.Long[1, 1_000_000_000_000], Gen.Long[0, 1_000_000_000_000], Gen.Int[1, 1_000_000]).Sample((debt, eligible, target) =>
        {
            var cure = Cure.To(new Fraction(target), new Money(debt), new Money(eligible));
            bool Reaches(Int128 owed, Int128 value) => owed * 1_000_000 <= value * target;
            return Reaches(debt - cure.Payment.Fen, eligible) && Reaches(debt, (Int128)eligible + cure.AddedEligibleValue.Fen)
                && (cure.Payment.IsZero || !Reaches(debt - cure.Payment.Fen + 1, eligible))
                && (cure.AddedEligibleValue.IsZero || !Reaches(debt, (Int128)eligible + cure.AddedEligibleValue.Fen - 1));
        });

    [Fact]
    public void Paying_the_cure_ends_the_call()
    {
        var call = Called();
        var paid = CoverOf(Breached.Debt - call.Cure.Payment, 1_000_000);
        Assert.True(Lines.Next(LineState.MarginCall, paid.Ltv, paid.Debt) < LineState.MarginCall);
    }
}
