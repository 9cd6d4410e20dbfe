namespace Earmark.Finance;

/// <summary>Rows of one key become one row before anything is computed: how a report was split can't show in the value.</summary>
internal static class CoverRows
{
    /// <summary>Well-formed rows, merged per (class, grade, zone) and in ordinal order of that key; the others are given back as they came.</summary>
    public static List<CollateralRow> Merge(IReadOnlyList<CollateralRow> rows, List<CollateralRow> malformed)
    {
        var ordered = new List<CollateralRow>(rows.Count);
        foreach (var row in rows)
        {
            (row.IsWellFormed ? ordered : malformed).Add(row);
        }

        ordered.Sort(CompareKeys);
        var merged = new List<CollateralRow>(ordered.Count);
        foreach (var row in ordered)
        {
            if (merged.Count > 0 && CompareKeys(merged[^1], row) == 0)
            {
                merged[^1] = Add(merged[^1], row);
            }
            else
            {
                merged.Add(row);
            }
        }

        return merged;
    }

    private static int CompareKeys(CollateralRow a, CollateralRow b)
    {
        var order = string.CompareOrdinal(a.PriceClass, b.PriceClass);
        order = order != 0 ? order : string.CompareOrdinal(a.Grade, b.Grade);
        return order != 0 ? order : string.CompareOrdinal(a.Zone, b.Zone);
    }

    private static CollateralRow Add(CollateralRow a, CollateralRow b) => checked(a with
    {
        Count = a.Count + b.Count,
        QuantityGrams = a.QuantityGrams + b.QuantityGrams,
        AfterHealthGrams = a.AfterHealthGrams + b.AfterHealthGrams,
        AfterFreshnessGrams = a.AfterFreshnessGrams + b.AfterFreshnessGrams,
        AfterConfidenceGrams = a.AfterConfidenceGrams + b.AfterConfidenceGrams,
    });
}
