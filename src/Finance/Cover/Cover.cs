namespace Earmark.Finance;

/// <summary>
/// eligible = quantity × price × health × freshness × confidence × price ramp × (1 − haircut), then concentration (domain.md, "Value of what is pledged").
/// Grams × fen per tonne is exact in whole millionths of a fen (Int128); each column is rounded down once per price class, at the sum.
/// So splitting or merging rows of a class changes nothing, and the value is linear in the price up to that one fen.
/// </summary>
public static class Cover
{
    /// <summary>Above this the site's report is wrong, not large: classes × grades × pens.</summary>
    public const int MaximumRows = 100_000;

    private static readonly Int128 MicroFen = 1_000_000;

    /// <summary>Never throws for what a site, a price source or a product may leave out: what is missing counts 0 and is a reason. Throws for more than <see cref="MaximumRows"/>.</summary>
    public static CoverResult Compute(
        IReadOnlyList<CollateralRow> rows,
        IReadOnlyList<ExcludedRow> excluded,
        IReadOnlyList<ClassPrice> prices,
        CoverTerms terms,
        Money debt,
        DateTimeOffset asOf)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Count, MaximumRows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(excluded.Count, MaximumRows);
        var table = new PricesInForce(prices, terms.PriceRamp, asOf);
        var malformed = new List<CollateralRow>();
        var merged = CoverRows.Merge(rows, malformed);
        var covered = Value(merged, table, terms);
        var market = Money.Zero;
        var eligible = Money.Zero;
        foreach (var row in covered)
        {
            market += row.Gross;
            eligible += row.Eligible;
        }

        return new CoverResult(
            asOf,
            debt,
            market,
            eligible,
            eligible.Times(terms.AdvanceRate, Rounding.Down),
            LtvOf(debt, eligible),
            covered,
            CoverReasons.Of(covered, excluded, malformed, table));
    }

    /// <summary>Debt ÷ eligible value; 0 without debt, null where there is nothing to divide by.</summary>
    public static decimal? LtvOf(Money debt, Money eligible) =>
        !debt.IsPositive ? 0m : eligible.IsPositive ? (decimal)debt.Fen / eligible.Fen : null;

    private static CoverRow[] Value(List<CollateralRow> rows, PricesInForce table, CoverTerms terms)
    {
        var points = new PricePoint[rows.Count];
        var haircuts = new Fraction[rows.Count];
        var afterHaircut = new Int128[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            points[i] = table.Find(rows[i].PriceClass, rows[i].Grade);
            haircuts[i] = terms.Find(rows[i].PriceClass)?.Haircut ?? Fraction.One;
            afterHaircut[i] = (Int128)rows[i].AfterConfidenceGrams * points[i].CountedFenPerTonne * haircuts[i].Complement.Millionths;
        }

        var shares = ConcentrationRules.Shares(rows, afterHaircut, terms.Concentration);
        var covered = new CoverRow[rows.Count];
        var columns = new Columns();
        for (var i = 0; i < rows.Count; i++)
        {
            if (i > 0 && rows[i].PriceClass != rows[i - 1].PriceClass)
            {
                columns = new Columns();
            }

            var isTaken = terms.Find(rows[i].PriceClass) is not null;
            covered[i] = columns.Row(rows[i], points[i], haircuts[i], afterHaircut[i], shares[i], ReasonOf(points[i], isTaken));
        }

        return covered;
    }

    private static string? ReasonOf(PricePoint price, bool isTaken) => (isTaken, price.State) switch
    {
        (false, _) => CoverReasonCodes.NotEligibleClass,
        (_, PriceState.Missing) => CoverReasonCodes.MissingPrice,
        (_, PriceState.Expired) => CoverReasonCodes.StalePrice,
        _ => null,
    };

    /// <summary>The running sums of one price class, a column for each step.</summary>
    private sealed class Columns
    {
        private RunningFen gross = new(MicroFen);
        private RunningFen health = new(MicroFen);
        private RunningFen freshness = new(MicroFen);
        private RunningFen confidence = new(MicroFen);
        private RunningFen ramp = new(MicroFen);
        private RunningFen haircut = new(MicroFen * Fraction.Scale);
        private RunningFen eligible = new(MicroFen * Fraction.Scale * Fraction.Scale);

        public CoverRow Row(CollateralRow row, PricePoint price, Fraction cut, Int128 afterHaircut, Fraction share, string? reason)
        {
            // An expired price says nothing about the market: the row counts 0 from the first step on, not only at the last.
            var set = (Int128)(price.State == PriceState.Expired ? 0 : price.FenPerTonne);
            return new CoverRow(
                row,
                price,
                cut,
                gross.Add(row.QuantityGrams * set),
                health.Add(row.AfterHealthGrams * set),
                freshness.Add(row.AfterFreshnessGrams * set),
                confidence.Add(row.AfterConfidenceGrams * set),
                ramp.Add((Int128)row.AfterConfidenceGrams * price.CountedFenPerTonne),
                haircut.Add(afterHaircut),
                eligible.Add(afterHaircut * share.Millionths),
                reason);
        }
    }
}
