namespace Earmark.Finance;

/// <summary>One thing that might be pledged. Shares are fractions from 0 to 1.</summary>
/// <param name="UnitPrice">Yuan; null where nobody knows it: then it counts nothing, and that is a reason.</param>
/// <param name="LiquidationFactor">What of its eligible value a forced sale is counted to bring.</param>
public readonly record struct FreePledge(decimal Quantity, decimal? UnitPrice, decimal Haircut, decimal LiquidationFactor)
{
    public decimal Value => Quantity * (UnitPrice ?? 0);

    public decimal EligibleValue => Value * (1 - Haircut);

    /// <summary>What a yuan of market value is worth to health.</summary>
    public decimal HealthWeight => (1 - Haircut) * LiquidationFactor;
}

/// <param name="LtvLimit">Fraction of the eligible value that may be lent.</param>
/// <param name="TargetHealth">1.1: the counted proceeds of everything are 110 % of the debt.</param>
/// <param name="SaleDiscount">Fraction of the market value lost when it is sold now.</param>
public sealed record CollateralSet(decimal Debt, decimal LtvLimit, IReadOnlyList<FreePledge> Pledges, decimal TargetHealth, decimal SaleDiscount);

/// <summary>What a free set of collateral would carry. Amounts in yuan, unrounded.</summary>
/// <param name="Ltv">Debt ÷ eligible value; 0 without debt, null with debt and nothing to divide by: beyond every line.</param>
/// <param name="Health">Σ eligible × liquidation factor ÷ debt; null without debt, where no target is missed.</param>
/// <param name="SmallestSale">Least market value to sell, proceeds to the debt, until health reaches its target; 0 where it has; null where no sale does.</param>
public sealed record CollateralAnswer(
    decimal Value, decimal EligibleValue, decimal MaximumLoan, decimal? Ltv, decimal Shortfall, decimal? Health, decimal? SmallestSale, IReadOnlyList<string> Reasons);

/// <summary>
/// What-if for a free set of collateral. Nothing is stored and nothing authorised.
/// The smallest sale: selling x of what weighs w in health takes w·x from the counted proceeds and (1 − d)·x from the debt, so it wins
/// t·(1 − d) − w for each yuan on the gap t·debt − Σ w·v. What wins most is sold first; what wins nothing never helps, also not by paying off the whole debt.
/// Example: debt 100, one pledge worth 120 counted at 0.75, target 1, no discount: gap 10, win 0.25, sale 40; afterwards 60 stand against 60.
/// </summary>
public static class CollateralWhatIf
{
    public const string MissingPrice = CoverReasonCodes.MissingPrice;
    public const string Shortfall = "shortfall";
    public const string BelowTargetHealth = "below-target-health";
    public const string NoSaleSuffices = "no-sale-suffices";

    /// <summary>Throws for a negative amount or a fraction outside 0 to 1.</summary>
    public static CollateralAnswer Compute(CollateralSet set)
    {
        Check(set);
        var value = set.Pledges.Sum(pledge => pledge.Value);
        var eligible = set.Pledges.Sum(pledge => pledge.EligibleValue);
        var counted = set.Pledges.Sum(pledge => pledge.Value * pledge.HealthWeight);
        var maximum = eligible * set.LtvLimit;
        var shortfall = Math.Max(0, set.Debt - maximum);
        decimal? ltv = set.Debt == 0 ? 0 : eligible > 0 ? set.Debt / eligible : null;
        decimal? health = set.Debt == 0 ? null : counted / set.Debt;
        // Compared without dividing: exactly at a line is no breach.
        var gap = (set.TargetHealth * set.Debt) - counted;
        var sale = gap <= 0 ? 0 : Sale(set, gap);
        var reasons = new List<string>();
        AddIf(reasons, set.Pledges.Any(pledge => pledge.UnitPrice is null), MissingPrice);
        AddIf(reasons, shortfall > 0, Shortfall);
        AddIf(reasons, gap > 0, BelowTargetHealth);
        AddIf(reasons, sale is null, NoSaleSuffices);
        return new CollateralAnswer(value, eligible, maximum, ltv, shortfall, health, sale, reasons);
    }

    private static decimal? Sale(CollateralSet set, decimal gap)
    {
        var sold = 0m;
        foreach (var pledge in set.Pledges.OrderBy(pledge => pledge.HealthWeight))
        {
            var win = (set.TargetHealth * (1 - set.SaleDiscount)) - pledge.HealthWeight;
            if (win <= 0)
            {
                return null;
            }

            if (pledge.Value * win >= gap)
            {
                return sold + (gap / win);
            }

            sold += pledge.Value;
            gap -= pledge.Value * win;
        }

        return null;
    }

    private static void Check(CollateralSet set)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(set.Debt);
        ArgumentOutOfRangeException.ThrowIfNegative(set.TargetHealth);
        ThrowIfNoShare(set.LtvLimit);
        ThrowIfNoShare(set.SaleDiscount);
        foreach (var pledge in set.Pledges)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(pledge.Quantity);
            ArgumentOutOfRangeException.ThrowIfNegative(pledge.UnitPrice ?? 0);
            ThrowIfNoShare(pledge.Haircut);
            ThrowIfNoShare(pledge.LiquidationFactor);
        }
    }

    private static void ThrowIfNoShare(decimal share)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
    }

    private static void AddIf(List<string> reasons, bool holds, string code)
    {
        if (holds)
        {
            reasons.Add(code);
        }
    }
}
