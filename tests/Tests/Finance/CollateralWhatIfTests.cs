using CsCheck;
using Earmark.Finance;
using Xunit;

namespace Earmark.Tests.Finance;

public sealed class CollateralWhatIfTests
{
    private static CollateralSet Set(decimal debt, params FreePledge[] pledges) => new(debt, 0.6m, pledges, TargetHealth: 1, SaleDiscount: 0);

    [Fact]
    public void Cattle_of_200_000_carry_a_loan_of_96_000()
    {
        // 10,000 kg × 20, haircut 20 %, liquidation factor 90 %, limit 60 %.
        var answer = CollateralWhatIf.Compute(Set(80_000, new FreePledge(10_000, 20, 0.2m, 0.9m)));
        Assert.Equal((200_000m, 160_000m, 96_000m, 0.5m, 0m, 1.8m, 0m), (answer.Value, answer.EligibleValue, answer.MaximumLoan, answer.Ltv, answer.Shortfall, answer.Health, answer.SmallestSale));
        Assert.Empty(answer.Reasons);
    }

    [Fact]
    public void Exactly_at_the_limit_and_at_the_target_is_no_breach()
    {
        var answer = CollateralWhatIf.Compute(Set(90_000, new FreePledge(1, 150_000, 0, 0.6m)));
        Assert.Equal((0.6m, 0m, 1m, 0m), (answer.Ltv, answer.Shortfall, answer.Health, answer.SmallestSale));
        Assert.Empty(answer.Reasons);
    }

    [Fact]
    public void The_smallest_sale_restores_the_target_exactly()
    {
        // Debt 100, value 120 counted at 0.75: gap 10, each yuan sold wins 1 − 0.75.
        var answer = CollateralWhatIf.Compute(Set(100, new FreePledge(1, 120, 0, 0.75m)));
        Assert.Equal(40m, answer.SmallestSale);
        Assert.Equal([CollateralWhatIf.Shortfall, CollateralWhatIf.BelowTargetHealth], answer.Reasons);
        // With a discount of 10 % and a target of 1.1 a yuan wins 0.99 − 0.75: gap 20 needs 83.33.
        var dearer = CollateralWhatIf.Compute(Set(100, new FreePledge(1, 120, 0, 0.75m)) with { TargetHealth = 1.1m, SaleDiscount = 0.1m });
        Assert.Equal(83.33m, decimal.Round(dearer.SmallestSale!.Value, 2));
    }

    [Fact]
    public void What_counts_least_is_sold_first()
    {
        // Gap 110 − (0.9 × 50 + 0.2 × 100) = 45; a yuan of the second wins 0.8, of the first 0.1.
        var answer = CollateralWhatIf.Compute(Set(110, new FreePledge(1, 50, 0, 0.9m), new FreePledge(1, 100, 0.5m, 0.4m)));
        Assert.Equal(56.25m, answer.SmallestSale);
    }

    [Fact]
    public void Where_no_sale_helps_it_is_null_with_a_reason()
    {
        Assert.Null(CollateralWhatIf.Compute(Set(100, new FreePledge(1, 90, 0, 1))).SmallestSale); // counted in full: a sale wins nothing
        Assert.Null(CollateralWhatIf.Compute(Set(100)).SmallestSale);
        var given_away = CollateralWhatIf.Compute(Set(100, new FreePledge(1, 500, 0, 0.1m)) with { SaleDiscount = 1 });
        Assert.Null(given_away.SmallestSale);
        Assert.Contains(CollateralWhatIf.NoSaleSuffices, given_away.Reasons);
    }

    [Fact]
    public void Selling_everything_may_just_suffice()
    {
        var answer = CollateralWhatIf.Compute(Set(100, new FreePledge(1, 100, 0, 0.5m)));
        Assert.Equal(100m, answer.SmallestSale);
    }

    [Fact]
    public void A_null_price_counts_nothing_and_is_a_reason()
    {
        var answer = CollateralWhatIf.Compute(Set(50, new FreePledge(10, 10, 0, 1), new FreePledge(1_000_000, null, 0, 1)));
        Assert.Equal((100m, 0.5m), (answer.Value, answer.Ltv));
        Assert.Equal([CollateralWhatIf.MissingPrice], answer.Reasons);
        var alone = CollateralWhatIf.Compute(Set(50, new FreePledge(1, null, 0, 1)));
        Assert.Equal((null, 50m, 0m, null), (alone.Ltv, alone.Shortfall, alone.Health, alone.SmallestSale));
        Assert.Equal([CollateralWhatIf.MissingPrice, CollateralWhatIf.Shortfall, CollateralWhatIf.BelowTargetHealth, CollateralWhatIf.NoSaleSuffices], alone.Reasons);
    }

    [Fact]
    public void Without_debt_nothing_is_short_and_health_has_no_end()
    {
        var answer = CollateralWhatIf.Compute(Set(0, new FreePledge(1, 10, 0, 1)));
        Assert.Equal((0m, 0m, null, 0m), (answer.Ltv, answer.Shortfall, answer.Health, answer.SmallestSale));
        Assert.Equal(0m, CollateralWhatIf.Compute(Set(0)).Ltv);
    }

    private static readonly Gen<FreePledge[]> Pledges = Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 500].Nullable(), Gen.Int[0, 100], Gen.Int[0, 100], (quantity, price, haircut, factor) =>
        new FreePledge(quantity, price, haircut / 100m, factor / 100m)).Array[0, 6];

    [Fact]
    public void Splitting_a_pledge_changes_nothing_and_the_sale_really_restores() =>
        Gen.Select(Pledges, Gen.Int[0, 500_000], Gen.Int[50, 200], Gen.Int[0, 100]).Sample((pledges, debt, target, discount) =>
        {
            var set = new CollateralSet(debt, 0.6m, pledges, target / 100m, discount / 100m);
            var answer = CollateralWhatIf.Compute(set);
            var split = CollateralWhatIf.Compute(set with { Pledges = [.. pledges.SelectMany(one => new[] { one with { Quantity = one.Quantity / 4 }, one with { Quantity = one.Quantity * 3 / 4 } })] });
            Assert.Equal((answer.Value, answer.EligibleValue, answer.Shortfall, answer.Ltv), (split.Value, split.EligibleValue, split.Shortfall, split.Ltv));
            Assert.Equal(answer.SmallestSale is null, split.SmallestSale is null);
            if (answer.SmallestSale is { } sale)
            {
                Assert.True(Math.Abs(sale - split.SmallestSale!.Value) < 0.000001m);
                var (counted, owed) = AfterSale(set, sale);
                Assert.True(counted >= (set.TargetHealth * owed) - 0.000001m && owed >= -0.000001m, $"{counted} against {owed}");
            }
        });

    private static (decimal Counted, decimal Debt) AfterSale(CollateralSet set, decimal sale)
    {
        var (counted, left) = (0m, sale);
        foreach (var pledge in set.Pledges.OrderBy(pledge => pledge.HealthWeight))
        {
            var sold = Math.Min(left, pledge.Value);
            left -= sold;
            counted += (pledge.Value - sold) * pledge.HealthWeight;
        }

        return (counted, set.Debt - (sale * (1 - set.SaleDiscount)));
    }
}
