using Earmark.Contracts.Lending;
using Earmark.Portal.Identity;
using Earmark.Portal.Layout;
using Earmark.Portal.Reads;
using Orleans;

namespace Earmark.Portal.Live;

/// <summary><c>facilities</c>: all the viewer may see, from the portfolio. <c>facility:ID</c>: that one alone.</summary>
internal abstract class FacilityTopics
{
    private static readonly string[] Columns =
        ["debt", "eligible-value", "market-value", "borrowing-base", "ltv", "ltv-ppm", "line-state", "state", "valid-until", "margin-call", "as-of"];

    protected static LiveTable TableOf(IEnumerable<FacilityView> views) => new(Columns, views.Select(RowOf).ToArray());

    private static LiveRow RowOf(FacilityView view) => new(view.FacilityId,
    [
        Show.Money(view.DebtFen),
        Show.Money(view.EligibleValueFen),
        Show.Money(view.MarketValueFen),
        Show.Money(view.BorrowingBaseFen),
        Show.Ltv(view.LtvPpm),
        view.LtvPpm,
        view.LineState,
        view.State,
        view.ValidUntil?.ToUnixTimeMilliseconds(),
        view.MarginCall?.State,
        view.AsOf.ToUnixTimeMilliseconds(),
    ]);
}

internal sealed class FacilitiesSource(FacilityReads facilities) : FacilityTopics, ILiveSource
{
    public string Name => "facilities";

    public Task<string?> ResolveAsync(Viewer viewer, string argument, CancellationToken cancel) => Task.FromResult(
        argument.Length > 0 ? null
        : viewer.IsBank ? viewer.InstitutionId
        : viewer is { IsBorrower: true, BorrowerId: { } borrower } ? viewer.InstitutionId + "/" + borrower
        : null);

    public async Task<LiveTable> ReadAsync(string key, CancellationToken cancel)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var asked = slash < 0
            ? new Viewer("live", key, Roles.BankOfficer, new HashSet<string>(), null)
            : new Viewer("live", key[..slash], Roles.Borrower, new HashSet<string>(), key[(slash + 1)..]);
        return TableOf(await facilities.AllAsync(asked, cancel));
    }
}

internal sealed class FacilitySource(FacilityReads facilities, IGrainFactory grains) : FacilityTopics, ILiveSource
{
    public string Name => "facility";

    public async Task<string?> ResolveAsync(Viewer viewer, string argument, CancellationToken cancel) =>
        (await facilities.FindAsync(viewer, argument, cancel))?.FacilityId;

    public async Task<LiveTable> ReadAsync(string key, CancellationToken cancel)
    {
        var view = await grains.GetGrain<IFacilityGrain>(key).View().AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel);
        return TableOf(view is null ? [] : [view]);
    }
}
