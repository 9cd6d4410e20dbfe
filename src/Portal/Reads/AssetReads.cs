using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;

namespace Earmark.Portal.Reads;

/// <summary>One asset opened: its row of the register, its site, what the site knows of it, and its tags past and present.</summary>
/// <param name="Detail">Null when the site does not hold it any more (sold, dead, delivered).</param>
public sealed record AssetFound(AssetRow Row, SiteRow Site, AssetDetail? Detail, IReadOnlyList<BindingRow> Bindings, PledgeRow? Pledge);

/// <summary>Assets a viewer may see, by id over all its sites.</summary>
public sealed class AssetReads(SiteReads sites, IRegister register, ILendingBook lending)
{
    /// <summary>Null when there is none or it is not the viewer's to see.</summary>
    public async Task<(AssetRow Row, SiteRow Site)?> FindAsync(Viewer viewer, string assetId, CancellationToken cancel)
    {
        if (!Contracts.Names.IsValid(assetId) || await register.AssetAsync(assetId, cancel) is not { } row
            || row.InstitutionId != viewer.InstitutionId || await sites.FindAsync(viewer, row.SiteId, cancel) is not { } site)
        {
            return null;
        }

        return (row, site);
    }

    public async Task<AssetFound?> OpenAsync(Viewer viewer, string assetId, CancellationToken cancel)
    {
        if (await FindAsync(viewer, assetId, cancel) is not { } found)
        {
            return null;
        }

        var detail = await sites.GrainOf(found.Site).Asset(assetId).AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel);
        var bindings = await register.BindingsOfAssetAsync(assetId, cancel);
        return new AssetFound(found.Row, found.Site, detail, bindings, await lending.ActivePledgeAsync(assetId, cancel));
    }
}
