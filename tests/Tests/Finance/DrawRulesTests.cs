using Earmark.Finance;
using Xunit;
using static Earmark.Tests.Finance.Ranch;

namespace Earmark.Tests.Finance;

public sealed class DrawRulesTests
{
    private static readonly Money Limit = Yuan(700_000);

    // Debt 400,000 on 1,000,000: base 600,000, draw factor 60 %.
    private static readonly CoverStanding Standing = new(CoverOf(Yuan(400_000), 1_000_000), Now, true, false, LineState.Clear, false);

    private static string[] Refused(Money amount, CoverStanding standing, DateTimeOffset? now = null) =>
        [.. DrawRules.Decide(amount, standing, Terms, Limit, Yuan(400_000), now ?? Now).Refusals.Select(refusal => refusal.Code())];

    [Fact]
    public void A_draw_up_to_the_draw_factor_is_granted_and_a_fen_more_is_not()
    {
        var decision = DrawRules.Decide(Yuan(200_000), Standing, Terms, Limit, Yuan(400_000), Now);
        Assert.True(decision.IsGranted);
        Assert.Equal((Yuan(600_000), 0.6m, Money.Zero), (decision.DebtAfter, decision.LtvAfter!.Value, decision.BorrowingBaseLeft));
        Assert.Equal(["would-breach", "over-borrowing-base"], Refused(Yuan(200_000.01m), Standing));
        Assert.Equal(["would-breach", "over-limit", "over-borrowing-base"], Refused(Yuan(300_000.01m), Standing));
        Assert.Equal(["would-breach", "over-limit", "over-borrowing-base"], Refused(new Money(long.MaxValue), Standing));
    }

    [Fact]
    public void It_is_stale_only_after_its_time()
    {
        Assert.Empty(Refused(Yuan(1), Standing, Now));
        Assert.Equal(["stale"], Refused(Yuan(1), Standing, Now.AddTicks(1)));
    }

    [Fact]
    public void Each_blocker_is_named_and_all_of_them_together()
    {
        Assert.Equal(["unknown"], Refused(Yuan(1), Standing with { HaveAllSitesReported = false }));
        Assert.Equal(["unobserved"], Refused(Yuan(1), Standing with { IsUnobserved = true }));
        Assert.Equal(["shortfall"], Refused(Yuan(1), Standing with { Line = LineState.MarginCall }));
        Assert.Equal(["shortfall"], Refused(Yuan(1), Standing with { HasOpenMarginCall = true }));
        Assert.Equal(["amount-not-positive"], Refused(Money.Zero, Standing));
        Assert.Equal(
            ["stale", "unknown", "unobserved", "shortfall"],
            Refused(Yuan(1), Standing with { HaveAllSitesReported = false, IsUnobserved = true, HasOpenMarginCall = true }, Now.AddHours(1)));
    }

    [Fact]
    public void A_price_on_its_ramp_or_past_it_refuses()
    {
        CoverStanding Aged(double days) => Standing with
        {
            Cover = Earmark.Finance.Cover.Compute([Row(100_000)], [], [Price with { EffectiveAt = Now.AddDays(-days) }], Terms, Yuan(400_000), Now),
        };
        Assert.Empty(Refused(Yuan(1), Aged(8)));
        Assert.Equal(["price-on-ramp"], Refused(Yuan(1), Aged(8.01)));
        Assert.Equal(["stale-price", "would-breach", "over-borrowing-base"], Refused(Yuan(1), Aged(15)));
    }

    [Fact]
    public void A_release_is_measured_by_the_draw_factor_and_the_minimum_stock()
    {
        var terms = Terms with { Lines = Lines with { MinimumStock = Yuan(1_000_000) } };
        string[] After(CoverResult after) => [.. ReleaseRules.Decide(Standing, after, terms, Now).Refusals.Select(refusal => refusal.Code())];
        Assert.Empty(After(CoverOf(Yuan(480_000), 800_000))); // 60 %, market 1,000,000: both exactly at the line
        Assert.Equal(["would-breach"], After(CoverOf(Yuan(480_001), 800_000)));
        Assert.Equal(["below-minimum-stock"], After(CoverOf(Yuan(1_000), 799_999)));
        Assert.Empty(ReleaseRules.Decide(Standing with { IsUnobserved = true }, CoverOf(Money.Zero, 0), terms, Now.AddDays(9)).Refusals);
        Assert.Equal([Refusal.Stale], ReleaseRules.Decide(Standing, CoverOf(Yuan(1), 2_000_000), terms, Now.AddDays(1)).Refusals);
    }

    [Fact]
    public void Every_refusal_has_its_own_code() =>
        Assert.Equal(Enum.GetValues<Refusal>().Length, Enum.GetValues<Refusal>().Select(refusal => refusal.Code()).Distinct().Count());
}
