using Earmark.Finance;
using Xunit;
using static Earmark.Tests.Finance.Ranch;

namespace Earmark.Tests.Finance;

public sealed class CoverTests
{
    [Fact]
    public void Every_factor_is_a_step_and_the_last_is_eligible()
    {
        // 10 head, 5,000 kg; health takes one watched head's fifth (100 kg), freshness half a head (250 kg), confidence 5 % of the rest.
        var row = new CollateralRow(Class, "angus", "ranch-1/pen-1", 10, 5_000_000, 4_900_000, 4_650_000, 4_417_500);
        var cover = Ranch.Cover(Yuan(60_000), row);
        var step = Assert.Single(cover.Rows);
        Assert.Equal(Yuan(170_000), step.Gross); // 5,000 kg × 34
        Assert.Equal(Yuan(166_600), step.AfterHealth); // 4,900 × 34
        Assert.Equal(Yuan(158_100), step.AfterFreshness); // 4,650 × 34
        Assert.Equal(Yuan(150_195), step.AfterConfidence); // 4,417.5 × 34
        Assert.Equal(Yuan(150_195), step.AfterPriceRamp);
        Assert.Equal(Yuan(120_156), step.AfterHaircut); // × 0.8
        Assert.Equal(Yuan(120_156), cover.EligibleValue);
        Assert.Equal(Yuan(72_093.60m), cover.BorrowingBase); // × 0.6
        Assert.Equal(60_000m / 120_156m, cover.Ltv);
        Assert.Equal(["freshness", "confidence", "health"], cover.Reasons.Select(reason => reason.Code));
        Assert.Equal([Yuan(8_500), Yuan(7_905), Yuan(3_400)], cover.Reasons.Select(reason => reason.Lost));
    }

    [Fact]
    public void A_missing_price_counts_nothing_is_named_and_stops_nobody_else()
    {
        var cover = Ranch.Cover(Yuan(10_000), Row(1_000), Row(500, priceClass: "yak"));
        Assert.Equal(Yuan(27_200), cover.EligibleValue); // 1,000 × 34 × 0.8, the yak 0
        var reason = Assert.Single(cover.Reasons);
        Assert.Equal(("not-eligible-class", "yak", 500_000L), (reason.Code, reason.PriceClass, reason.QuantityGrams));

        var terms = Terms with { Classes = [.. Terms.Classes, new ClassTerms("yak", Fraction.Percent(30))] };
        cover = Earmark.Finance.Cover.Compute([Row(1_000), Row(500, priceClass: "yak")], [], [Price], terms, Yuan(10_000), Now);
        Assert.Equal(Yuan(27_200), cover.EligibleValue);
        Assert.Equal("missing-price", Assert.Single(cover.Reasons).Code);
        Assert.Equal("missing-price", cover.Rows.Single(row => row.Quantity.PriceClass == "yak").Reason);
    }

    [Fact]
    public void A_price_falls_along_its_ramp_and_then_counts_nothing()
    {
        // Flat to 8 days, zero at 15: at 11.5 days half is left.
        var half = Earmark.Finance.Cover.Compute([Row(1_000)], [], [Price with { EffectiveAt = Now.AddDays(-11.5) }], Terms, Yuan(10_000), Now);
        Assert.Equal(Yuan(34_000), half.MarketValue);
        Assert.Equal(Yuan(13_600), half.EligibleValue); // 1,000 × 17 × 0.8
        Assert.Equal(("price-on-ramp", Yuan(17_000)), (half.Reasons[0].Code, half.Reasons[0].Lost));

        var gone = Earmark.Finance.Cover.Compute([Row(1_000)], [], [Price with { EffectiveAt = Now.AddDays(-15) }], Terms, Yuan(10_000), Now);
        Assert.Equal(Money.Zero, gone.EligibleValue);
        Assert.Equal(Money.Zero, gone.MarketValue);
        Assert.Null(gone.Ltv);
        Assert.Equal("stale-price", Assert.Single(gone.Reasons).Code);
    }

    [Fact]
    public void The_newest_effective_price_counts_and_a_grade_goes_before_its_class()
    {
        ClassPrice[] prices =
        [
            Price,
            Price with { FenPerTonne = 9_900_000, EffectiveAt = Now.AddSeconds(1) },
            Price with { Grade = "wagyu", FenPerTonne = 8_000_000, EffectiveAt = Now.AddDays(-3) },
            Price with { FenPerTonne = 3_000_000, EffectiveAt = Now.AddDays(-2) },
        ];
        var cover = Earmark.Finance.Cover.Compute([Row(1_000), Row(1_000, grade: "wagyu")], [], prices, Terms, Money.Zero, Now);
        Assert.Equal([3_400_000L, 8_000_000L], cover.Rows.Select(row => row.Price.FenPerTonne));
    }

    [Fact]
    public void What_a_site_excluded_is_a_reason_with_what_it_would_be_worth()
    {
        var cover = Earmark.Finance.Cover.Compute(
            [Row(1_000)], [new ExcludedRow("dead-presumed", Class, "angus", 30, 15_000_000)], [Price], Terms, Yuan(1_000), Now);
        Assert.Equal(new CoverReason("excluded:dead-presumed", Class, "angus", 30, 15_000_000, Yuan(510_000)), Assert.Single(cover.Reasons));
        Assert.Equal(Yuan(34_000), cover.MarketValue);
    }

    [Fact]
    public void A_pen_above_its_share_is_cut_to_it()
    {
        // 600 + 200 + 200 kg at 27.20 eligible a kg: total 27,200. Limit 40 % a pen: pen 1 keeps 10,880 of 16,320, in whole millionths 666,666.
        var terms = Terms with { Concentration = [new ConcentrationLimit(ConcentrationDimension.Zone, Fraction.Percent(40))] };
        var cover = Earmark.Finance.Cover.Compute(
            [Row(600, "r/1"), Row(200, "r/2"), Row(200, "r/3")], [], [Price], terms, Money.Zero, Now);
        Assert.Equal([1_087_998L, 544_000L, 544_000L], cover.Rows.Select(row => row.Eligible.Fen)); // 1,632,000 fen × 0.666666 = 1,087,998.91
        Assert.Equal("concentration", cover.Reasons[0].Code);
    }

    [Fact]
    public void A_malformed_row_is_named_and_counts_nothing()
    {
        var bad = Row(500) with { AfterHealthGrams = 500_001 };
        var cover = Ranch.Cover(Money.Zero, Row(1_000), bad, Row(1) with { AfterConfidenceGrams = -1 });
        Assert.Equal(Yuan(27_200), cover.EligibleValue);
        Assert.Equal("malformed-row", Assert.Single(cover.Reasons).Code);
    }

    [Fact]
    public void Without_debt_ltv_is_zero_and_with_debt_on_nothing_it_is_null()
    {
        Assert.Equal(0m, Ranch.Cover(Money.Zero).Ltv);
        Assert.Null(Ranch.Cover(new Money(1)).Ltv);
    }

    [Fact]
    public void More_rows_than_any_site_has_are_refused()
    {
        var rows = Enumerable.Repeat(Row(1), Earmark.Finance.Cover.MaximumRows + 1).ToArray();
        Assert.Throws<ArgumentOutOfRangeException>(() => Ranch.Cover(Money.Zero, rows));
    }
}
