using System.Runtime.InteropServices;
using Earmark.Contracts.Sites;
using Earmark.Valuation;

namespace Earmark.Silo.Sites.Reports;

/// <summary>
/// Sums the assets of one facility into rows by (class, grade, zone) and exclusions by reason, class and grade. Whole grams only,
/// so the order of the assets does not matter; rows are handed out in order of their names.
/// </summary>
internal sealed class ReportRows(SiteCore core)
{
    private readonly Dictionary<(ushort Class, ushort Grade, ushort Zone), Sums> _rows = [];
    private readonly Dictionary<(ExclusionReason Reason, ushort Class, ushort Grade), Exclusion> _excluded = [];
    private (ushort Class, ushort Grade, ushort Zone) _lastKey;
    private Sums? _last;

    /// <param name="assetId">Called only for the first assets of an exclusion.</param>
    public void Add(in Quantity quantity, ushort priceClass, ushort grade, ushort zone, int slot, Func<int, string> assetId)
    {
        if (quantity.IsExcluded)
        {
            ref var exclusion = ref CollectionsMarshal.GetValueRefOrAddDefault(_excluded, (quantity.Reason, priceClass, grade), out _);
            exclusion ??= new Exclusion();
            exclusion.Count++;
            exclusion.QuantityGrams += quantity.QuantityGrams;
            if (exclusion.AssetIds.Count < ExcludedQuantity.NamedAssets)
            {
                exclusion.AssetIds.Add(assetId(slot));
            }

            return;
        }

        // Neighbours are mostly of one class, breed and pen.
        if (_last is null || priceClass != _lastKey.Class || grade != _lastKey.Grade || zone != _lastKey.Zone)
        {
            _lastKey = (priceClass, grade, zone);
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, _lastKey, out _);
            _last = known ??= new Sums();
        }

        var sums = _last;
        sums.Count++;
        sums.QuantityGrams += quantity.QuantityGrams;
        sums.AfterHealthGrams += quantity.AfterHealthGrams;
        sums.AfterFreshnessGrams += quantity.AfterFreshnessGrams;
        sums.AfterConfidenceGrams += quantity.AfterConfidenceGrams;
    }

    public QuantityRow[] Rows() => _rows
        .Select(row => new QuantityRow(
            core.PriceClasses[row.Key.Class],
            core.Grades[row.Key.Grade],
            core.Zones[row.Key.Zone],
            row.Value.Count,
            row.Value.QuantityGrams,
            row.Value.AfterHealthGrams,
            row.Value.AfterFreshnessGrams,
            row.Value.AfterConfidenceGrams))
        .OrderBy(row => row.PriceClass, StringComparer.Ordinal)
        .ThenBy(row => row.Grade, StringComparer.Ordinal)
        .ThenBy(row => row.Zone, StringComparer.Ordinal)
        .ToArray();

    public ExcludedQuantity[] Excluded() => _excluded
        .OrderBy(row => row.Key.Reason)
        .ThenBy(row => core.PriceClasses[row.Key.Class], StringComparer.Ordinal)
        .ThenBy(row => core.Grades[row.Key.Grade], StringComparer.Ordinal)
        .Select(row => new ExcludedQuantity(
            row.Key.Reason.Code(),
            core.PriceClasses[row.Key.Class],
            core.Grades[row.Key.Grade],
            row.Value.Count,
            row.Value.QuantityGrams,
            [.. row.Value.AssetIds]))
        .ToArray();

    private sealed class Sums
    {
        public int Count { get; set; }

        public long QuantityGrams { get; set; }

        public long AfterHealthGrams { get; set; }

        public long AfterFreshnessGrams { get; set; }

        public long AfterConfidenceGrams { get; set; }
    }

    private sealed class Exclusion
    {
        public int Count { get; set; }

        public long QuantityGrams { get; set; }

        public List<string> AssetIds { get; } = [];
    }
}
