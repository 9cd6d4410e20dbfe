using Earmark.Contracts.Lending;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Orleans;

namespace Earmark.Portal.Reads;

/// <summary>Facilities as a viewer may see them: the bank all of its institution, a borrower its own, nobody else any.</summary>
public sealed class FacilityReads(IGrainFactory grains, ILendingBook book)
{
    /// <summary>The newest view of every facility the viewer may see, by id; one call, never one a facility.</summary>
    public async Task<IReadOnlyList<FacilityView>> AllAsync(Viewer viewer, CancellationToken cancel)
    {
        if (!viewer.IsBank && !viewer.IsBorrower)
        {
            return [];
        }

        var views = await grains.GetGrain<IPortfolioGrain>(viewer.InstitutionId).Views().AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel);
        IEnumerable<FacilityView> seen = views;
        if (!viewer.IsBank)
        {
            var rows = await book.FacilitiesAsync(viewer.InstitutionId, cancel);
            var own = rows.Where(row => row.BorrowerId == viewer.BorrowerId).Select(row => row.FacilityId).ToHashSet(StringComparer.Ordinal);
            seen = views.Where(view => own.Contains(view.FacilityId));
        }

        return seen.OrderBy(view => view.FacilityId, StringComparer.Ordinal).Take(PortalLimits.ListMaximum).ToArray();
    }

    /// <summary>Null when there is none or it is not the viewer's to see.</summary>
    public async Task<FacilityRow?> FindAsync(Viewer viewer, string facilityId, CancellationToken cancel)
    {
        if (!Contracts.Names.IsValid(facilityId) || await book.FacilityAsync(facilityId, cancel) is not { } state)
        {
            return null;
        }

        return viewer.MaySeeFacility(state.Facility.InstitutionId, state.Facility.BorrowerId) ? state.Facility : null;
    }

    /// <summary>The facility's own view, fresh from its grain. Null like <see cref="FindAsync"/>.</summary>
    public async Task<FacilityView?> ViewAsync(Viewer viewer, string facilityId, CancellationToken cancel) =>
        await FindAsync(viewer, facilityId, cancel) is null
            ? null
            : await grains.GetGrain<IFacilityGrain>(facilityId).View().AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel);
}
