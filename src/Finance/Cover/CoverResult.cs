namespace Earmark.Finance;

/// <summary>
/// One row of cover with every step in fen; the last is what counts. Within a price class the rows of a column add up to the class's
/// exact sum rounded down once (see <see cref="Cover"/>); a single row may for that show a fen more than the step before it.
/// </summary>
public sealed record CoverRow(
    CollateralRow Quantity,
    PricePoint Price,
    Fraction Haircut,
    Money Gross,
    Money AfterHealth,
    Money AfterFreshness,
    Money AfterConfidence,
    Money AfterPriceRamp,
    Money AfterHaircut,
    Money Eligible,
    string? Reason)
{
    public Money ConcentrationCut => Money.Max(AfterHaircut - Eligible, Money.Zero);
}

/// <summary>What a facility's collateral is worth against its debt at one moment, with the steps and the reasons.</summary>
/// <param name="Ltv">Debt ÷ eligible value, unrounded; 0 without debt; null with debt and no eligible value, which is beyond every line.</param>
public sealed record CoverResult(
    DateTimeOffset AsOf,
    Money Debt,
    Money MarketValue,
    Money EligibleValue,
    Money BorrowingBase,
    decimal? Ltv,
    IReadOnlyList<CoverRow> Rows,
    IReadOnlyList<CoverReason> Reasons)
{
    /// <summary>What could still be lent by value alone; never negative.</summary>
    public Money Headroom => Money.Max(BorrowingBase - Debt, Money.Zero);

    public bool HasReason(string code)
    {
        foreach (var reason in Reasons)
        {
            if (reason.Code == code)
            {
                return true;
            }
        }

        return false;
    }
}
