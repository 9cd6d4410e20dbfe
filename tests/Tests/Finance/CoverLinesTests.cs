using CsCheck;
using Earmark.Finance;
using Xunit;

namespace Earmark.Tests.Finance;

public sealed class CoverLinesTests
{
    // Warning 65 %, margin call 75 %, liquidation 85 %, hysteresis 2 %.
    private static readonly CoverLines Lines = Ranch.Lines;
    private static readonly Money Debt = new(100);

    [Theory]
    [InlineData(LineState.Clear, "0.65", LineState.Clear)]
    [InlineData(LineState.Clear, "0.650001", LineState.Warning)]
    [InlineData(LineState.Clear, "0.75", LineState.Warning)]
    [InlineData(LineState.Clear, "0.7500001", LineState.MarginCall)]
    [InlineData(LineState.Clear, "0.85", LineState.MarginCall)]
    [InlineData(LineState.Clear, "0.86", LineState.Liquidation)]
    [InlineData(LineState.MarginCall, "0.74", LineState.MarginCall)]
    [InlineData(LineState.MarginCall, "0.73", LineState.MarginCall)]
    [InlineData(LineState.MarginCall, "0.7299999", LineState.Warning)]
    [InlineData(LineState.Warning, "0.74", LineState.Warning)]
    [InlineData(LineState.Liquidation, "0.64", LineState.Warning)]
    [InlineData(LineState.Liquidation, "0.5", LineState.Clear)]
    public void A_line_is_breached_above_it_and_left_below_its_hysteresis(LineState previous, string ltv, LineState next) =>
        Assert.Equal(next, Lines.Next(previous, decimal.Parse(ltv), Debt));

    [Fact]
    public void Debt_without_value_is_beyond_every_line_and_no_debt_is_clear()
    {
        Assert.Equal(LineState.Liquidation, Lines.Next(LineState.Clear, null, Debt));
        Assert.Equal(LineState.Clear, Lines.Next(LineState.Liquidation, null, Money.Zero));
        Assert.Equal(LineState.Clear, Lines.Next(LineState.Liquidation, 0m, Money.Zero));
    }

    [Fact]
    public void Exactly_at_a_line_is_no_breach_for_any_real_debt_and_value() =>
        Gen.Select(Gen.Long[1, 1_000_000_000_000], Gen.Int[-1, 1]).Sample((units, off) =>
        {
            // Value 20 units, debt 13 units: exactly 65 %. One fen more of debt is a breach, however large the value.
            var ltv = Cover.LtvOf(new Money((units * 13) + off), new Money(units * 20));
            return Lines.Next(LineState.Clear, ltv, Debt) == (off > 0 ? LineState.Warning : LineState.Clear) || units * 20 < 100;
        });

    [Fact]
    public void Inside_a_band_the_state_never_flaps() =>
        Gen.Int[1, 3].SelectMany(state => Gen.Decimal[0m, 0.02m].Array[1, 30].Select(steps => (State: (LineState)state, steps))).Sample(sample =>
        {
            var line = sample.State switch { LineState.Warning => 0.65m, LineState.MarginCall => 0.75m, _ => 0.85m };
            var state = Lines.Next(LineState.Clear, line + 0.000001m, Debt);
            return sample.steps.All(below => (state = Lines.Next(state, line - below, Debt)) == sample.State);
        });

    [Fact]
    public void A_worse_ltv_never_gives_a_better_state() =>
        Gen.Select(Gen.Enum<LineState>(), Gen.Decimal[0m, 1.2m], Gen.Decimal[0m, 0.5m]).Sample((previous, ltv, more) =>
            Lines.Next(previous, ltv, Debt) <= Lines.Next(previous, ltv + more, Debt));

    [Fact]
    public void Lines_out_of_order_or_closer_than_their_hysteresis_are_invalid()
    {
        Assert.True(Lines.IsValid);
        Assert.False((Lines with { Draw = Fraction.Percent(65) }).IsValid);
        Assert.False((Lines with { MarginCall = Fraction.Percent(64) }).IsValid);
        Assert.False((Lines with { Hysteresis = Fraction.Percent(10) }).IsValid);
        Assert.False((Lines with { Hysteresis = new Fraction(-1) }).IsValid);
        Assert.True(Ranch.Terms.IsValid);
        Assert.False((Ranch.Terms with { AdvanceRate = new Fraction(1_000_001) }).IsValid);
    }
}
