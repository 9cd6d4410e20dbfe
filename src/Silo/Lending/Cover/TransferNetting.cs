using Earmark.Contracts.Sites;

namespace Earmark.Silo.Lending.Cover;

/// <summary>
/// Counts goods under way once, over the newest report of each site in whatever order those came. outgoing[id] counts only
/// while no report has accepted[id]. Where a taker shows accepted[id] and the giver's report is from before its giving, the
/// giver still shows what it no longer has: that much is taken off upstream. So between giving and closing the total
/// neither rises above what was weighed nor dips, along chains of transfers too.
/// </summary>
internal static class TransferNetting
{
    public static List<(string SiteId, QuantityRow Row)> Count(IReadOnlyCollection<CollateralReport> reports)
    {
        var accepted = AcceptedIds(reports);
        var entries = new List<Entry>();
        foreach (var report in reports)
        {
            entries.AddRange(report.Rows.Select(row => new Entry(report.SiteId, row, IsUnderWay: false)));

            // Two sites can't give one transfer; were it so, it still counts once.
            entries.AddRange(report.Outgoing.Where(line => accepted.Add(line.TransferId)).Select(line => new Entry(report.SiteId, line.Row, IsUnderWay: true)));
        }

        var positions = reports.ToDictionary(report => report.SiteId, report => report.Position, StringComparer.Ordinal);
        foreach (var report in reports)
        {
            foreach (var line in report.Accepted.Where(line => IsStillShownByGiver(line, positions)))
            {
                TakeOffUpstream(entries, line, report.SiteId);
            }
        }

        return [.. entries.Where(entry => entry.Row.Count > 0 || entry.Row.QuantityGrams > 0).Select(entry => (entry.SiteId, entry.Row))];
    }

    /// <summary>Transfers that both sides show: the giver may forget them.</summary>
    public static List<(string GiverSiteId, string TransferId)> Closable(IReadOnlyCollection<CollateralReport> reports)
    {
        var accepted = AcceptedIds(reports);
        return [.. reports.SelectMany(report => report.Outgoing
            .Where(line => accepted.Contains(line.TransferId))
            .Select(line => (report.SiteId, line.TransferId)))];
    }

    private static HashSet<string> AcceptedIds(IEnumerable<CollateralReport> reports) =>
        reports.SelectMany(report => report.Accepted).Select(line => line.TransferId).ToHashSet(StringComparer.Ordinal);

    // A giver without a report counts nothing, so its goods are not counted twice.
    private static bool IsStillShownByGiver(TransferLine accepted, Dictionary<string, long> positions) =>
        positions.TryGetValue(accepted.FromSiteId, out var position) && position < accepted.GivenPosition;

    /// <summary>First from what the giver shows; what it doesn't show yet it took from further up: under way to it, or still there.</summary>
    private static void TakeOffUpstream(List<Entry> entries, TransferLine line, string takerSiteId)
    {
        var left = line.Row.QuantityGrams;
        left = TakeOff(entries, line.Row, left, entry => entry.SiteId == line.FromSiteId && !entry.IsUnderWay);
        left = TakeOff(entries, line.Row, left, entry => entry.SiteId != takerSiteId && entry.IsUnderWay);
        TakeOff(entries, line.Row, left, entry => entry.SiteId != takerSiteId);
    }

    private static long TakeOff(List<Entry> entries, QuantityRow goods, long left, Predicate<Entry> where)
    {
        for (var at = 0; at < entries.Count && left > 0; at++)
        {
            var (_, row, _) = entries[at];
            if (row.PriceClass == goods.PriceClass && row.Grade == goods.Grade && row.QuantityGrams > 0 && where(entries[at]))
            {
                var taken = Math.Min(left, row.QuantityGrams);
                entries[at] = entries[at] with { Row = Less(row, taken, goods.Count) };
                left -= taken;
            }
        }

        return left;
    }

    // Rounded down: what stays never counts for more than its share.
    private static QuantityRow Less(QuantityRow row, long takenGrams, int takenCount)
    {
        var stays = row.QuantityGrams - takenGrams;
        long Share(long grams) => (long)((Int128)grams * stays / row.QuantityGrams);
        return row with
        {
            Count = stays == 0 ? 0 : Math.Max(1, row.Count - takenCount),
            QuantityGrams = stays,
            AfterHealthGrams = Share(row.AfterHealthGrams),
            AfterFreshnessGrams = Share(row.AfterFreshnessGrams),
            AfterConfidenceGrams = Share(row.AfterConfidenceGrams),
        };
    }

    private readonly record struct Entry(string SiteId, QuantityRow Row, bool IsUnderWay);
}
