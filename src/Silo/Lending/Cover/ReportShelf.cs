using Earmark.Contracts.Sites;

namespace Earmark.Silo.Lending.Cover;

/// <summary>The newest report of each site, by (epoch, position, revision): a repeat, a late one or a zombie's changes nothing.</summary>
internal sealed class ReportShelf
{
    /// <summary>More sites than any facility is secured by; beyond it a new site's report is refused.</summary>
    public const int MaximumSites = 1_000;

    private readonly SortedDictionary<string, CollateralReport> newest = new(StringComparer.Ordinal);

    public IReadOnlyCollection<CollateralReport> All => newest.Values;

    public bool TryTake(CollateralReport report)
    {
        if (newest.TryGetValue(report.SiteId, out var held) ? !IsNewer(report, held) : newest.Count >= MaximumSites)
        {
            return false;
        }

        newest[report.SiteId] = report;
        return true;
    }

    public CollateralReport? Of(string siteId) => newest.GetValueOrDefault(siteId);

    /// <summary>A site nothing is pledged at any more speaks for itself only as long as its last report does.</summary>
    public void DropEnded(Func<string, bool> isPledged, DateTimeOffset now)
    {
        foreach (var ended in newest.Values.Where(report => report.ValidUntil < now && !isPledged(report.SiteId)).ToList())
        {
            newest.Remove(ended.SiteId);
        }
    }

    private static bool IsNewer(CollateralReport report, CollateralReport held) =>
        (report.Epoch, report.Position, report.Revision).CompareTo((held.Epoch, held.Position, held.Revision)) > 0;
}
