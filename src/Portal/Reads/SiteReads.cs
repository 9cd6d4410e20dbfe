using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Orleans;

namespace Earmark.Portal.Reads;

/// <summary>Sites a viewer may see: rows from the register, live figures from the site's grain.</summary>
public sealed class SiteReads(IGrainFactory grains, IRegister register)
{
    public async Task<IReadOnlyList<SiteRow>> AllAsync(Viewer viewer, CancellationToken cancel)
    {
        var rows = await register.SitesAsync(viewer.InstitutionId, cancel);
        return rows.Where(row => viewer.MaySeeSite(row.InstitutionId, row.SiteId))
            .OrderBy(row => row.SiteId, StringComparer.Ordinal).Take(PortalLimits.ListMaximum).ToArray();
    }

    /// <summary>Null when there is none or it is not the viewer's to see.</summary>
    public async Task<SiteRow?> FindAsync(Viewer viewer, string siteId, CancellationToken cancel) =>
        Contracts.Names.IsValid(siteId) && await register.SiteAsync(siteId, cancel) is { } row && viewer.MaySeeSite(row.InstitutionId, row.SiteId)
            ? row
            : null;

    /// <summary>The site at a glance, of a row that <see cref="FindAsync"/> gave.</summary>
    public async Task<SiteSummary> SummaryAsync(SiteRow site, CancellationToken cancel) =>
        await GrainOf(site).Summary().AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel);

    /// <summary>A page of the site's assets, of a row that <see cref="FindAsync"/> gave.</summary>
    public async Task<AssetPage> AssetsAsync(SiteRow site, AssetQuery query, CancellationToken cancel) =>
        await GrainOf(site).Assets(query).AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel);

    public ISiteGrain GrainOf(SiteRow site) => grains.Site((SiteKind)site.Kind, site.SiteId);
}
