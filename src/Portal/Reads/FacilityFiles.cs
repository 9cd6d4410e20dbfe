using Earmark.Contracts.Lending;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Orleans;

namespace Earmark.Portal.Reads;

/// <summary>A facility's file: its live view, what the Book holds of it, and how its LTV went.</summary>
/// <param name="View">Null while the facility does not answer or was never valued.</param>
/// <param name="Course">LTV as fractions, oldest first; empty while History has none, null while it is away.</param>
public sealed record FacilityFile(
    FacilityState Book,
    FacilityView? View,
    IReadOnlyList<DecisionRow> Decisions,
    IReadOnlyList<MarginCallRow> MarginCalls,
    IReadOnlyList<(DateTimeOffset At, double Value)>? Course)
{
    public FacilityRow Row => Book.Facility;

    /// <summary>A loan's balance in one of its accounts, e.g. <c>loan-principal</c>.</summary>
    public long BalanceFen(string account, string loanId) => Book.BalancesFen.GetValueOrDefault($"{account}/{loanId}");
}

public sealed class FacilityFiles(IGrainFactory grains, FacilityReads facilities, ILendingBook lending, IHistory history)
{
    private static readonly TimeSpan CourseSpan = TimeSpan.FromDays(7);
    private const int CoursePoints = 600;
    private const int LtvOfPoint = 2;

    /// <summary>Null when there is none or it is not the viewer's to see.</summary>
    public async Task<FacilityFile?> OpenAsync(Viewer viewer, string facilityId, int decisionOffset, DateTimeOffset now, CancellationToken cancel)
    {
        if (await facilities.FindAsync(viewer, facilityId, cancel) is null || await lending.FacilityAsync(facilityId, cancel) is not { } book)
        {
            return null;
        }

        var view = grains.GetGrain<IFacilityGrain>(facilityId).View().AsTask().WaitAsync(PortalLimits.GrainAnswer, cancel);
        var decisions = await lending.DecisionsAsync(facilityId, decisionOffset, PortalLimits.DecisionsShown, cancel);
        var calls = await lending.MarginCallsAsync(viewer.InstitutionId, facilityId, openOnly: false, 0, PortalLimits.PageSize, cancel);
        return new FacilityFile(book, await view, decisions, calls, await CourseAsync(facilityId, now, cancel));
    }

    private async Task<IReadOnlyList<(DateTimeOffset At, double Value)>?> CourseAsync(string facilityId, DateTimeOffset now, CancellationToken cancel)
    {
        var course = await history.UnlessAwayAsync(
            history => history.ReadAsync(HistorySeries.Facility, facilityId, now - CourseSpan, now, CoursePoints, cancel));
        return course is null ? null : [.. course.Where(point => point.Values.Length > LtvOfPoint).Select(point => (point.At, point.Values[LtvOfPoint]))];
    }
}
