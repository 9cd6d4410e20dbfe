using Earmark.Contracts.Sites;
using Earmark.Storage.Book;
using Orleans.Runtime;

namespace Earmark.Portal.Reads;

/// <summary>Several sites at a glance, asked at once, for lists and for the page of the day.</summary>
public sealed class SiteGlances(SiteReads sites)
{
    /// <summary>Null for a site that does not answer in time. At most <see cref="PortalLimits.SitesPerPage"/> are asked.</summary>
    public async Task<IReadOnlyList<(SiteRow Site, SiteSummary? Summary)>> OfAsync(IEnumerable<SiteRow> asked, CancellationToken cancel) =>
        await Task.WhenAll(asked.Take(PortalLimits.SitesPerPage).Select(async site => (site, await OneAsync(site, cancel))));

    private async Task<SiteSummary?> OneAsync(SiteRow site, CancellationToken cancel)
    {
        try
        {
            return await sites.GrainOf(site).Summary().AsTask().WaitAsync(PortalLimits.GlanceAnswer, cancel);
        }
        catch (Exception silent) when (silent is TimeoutException or OrleansException)
        {
            // One site that is catching up must not hide the others; the page says that it does not answer.
            return null;
        }
    }
}
