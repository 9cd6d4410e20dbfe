namespace Earmark.Finance;

/// <summary>
/// The share of each row that concentration limits leave standing, in millionths rounded down. A group (one pen, one breed) keeps at most
/// limit × total of the value after haircut; its rows are cut alike. Of several limits the harder counts, so their order never does.
/// The total is taken before any cut: removing a row elsewhere can only tighten a limit, never loosen it.
/// </summary>
internal static class ConcentrationRules
{
    public static Fraction[] Shares(IReadOnlyList<CollateralRow> rows, ReadOnlySpan<Int128> values, IReadOnlyList<ConcentrationLimit> limits)
    {
        var shares = new Fraction[rows.Count];
        Array.Fill(shares, Fraction.One);
        Int128 total = 0;
        foreach (var value in values)
        {
            total += value;
        }

        foreach (var limit in limits)
        {
            var groups = new Dictionary<string, Int128>(StringComparer.Ordinal);
            for (var i = 0; i < rows.Count; i++)
            {
                var name = NameIn(limit.Dimension, rows[i]);
                groups[name] = groups.GetValueOrDefault(name) + values[i];
            }

            for (var i = 0; i < rows.Count; i++)
            {
                var group = groups[NameIn(limit.Dimension, rows[i])];
                var allowed = limit.MaximumShare.Millionths * total;
                if (group * Fraction.Scale > allowed)
                {
                    var share = new Fraction((int)(allowed / group));
                    shares[i] = share < shares[i] ? share : shares[i];
                }
            }
        }

        return shares;
    }

    private static string NameIn(ConcentrationDimension dimension, CollateralRow row) => dimension switch
    {
        ConcentrationDimension.PriceClass => row.PriceClass,
        ConcentrationDimension.Grade => row.PriceClass + "\0" + row.Grade,
        ConcentrationDimension.Zone => row.Zone,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension)),
    };
}
