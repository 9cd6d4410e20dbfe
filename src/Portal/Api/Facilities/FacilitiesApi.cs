using Earmark.Contracts.Lending;
using Earmark.Portal.Api.Lending;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Portal.Reads;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Earmark.Portal.Api.Facilities;

/// <summary>Credit facilities: live cover, and what the Book keeps of them.</summary>
internal static class FacilitiesApi
{
    public static void MapFacilities(this IEndpointRouteBuilder api)
    {
        var facilities = api.MapGroup("/facilities").RequireAuthorization(Policies.ApiLending).WithTags("facilities");
        facilities.MapGet("", All).WithSummary("Facilities with their live cover");
        facilities.MapGet("/{facilityId}", One).WithSummary("A facility's value, LTV and lines, with the reasons behind them");
        facilities.MapGet("/{facilityId}/loans", Loans).WithSummary("Its drawdowns with their schedules, what is late on them and their class");
        facilities.MapGet("/{facilityId}/pledges", Pledges).WithSummary("What is and was pledged to it");
        facilities.MapGet("/{facilityId}/transfers", Transfers).WithSummary("Bookings on its loans, newest first");
        facilities.MapGet("/{facilityId}/decisions", Decisions).WithSummary("Decisions with their inputs, newest first");
        facilities.MapPost("", Open).RequireAuthorization(Policies.ApiBank).WithSummary("Opens a facility");
    }

    private static async Task<Ok<FacilityList>> All(Viewer viewer, FacilityReads reads, CancellationToken cancel) =>
        TypedResults.Ok(new FacilityList([.. (await reads.AllAsync(viewer, cancel)).Select(FacilityAnswer.Of)]));

    private static async Task<Results<Ok<FacilityAnswer>, ProblemHttpResult>> One(
        string facilityId, Viewer viewer, FacilityReads reads, CancellationToken cancel) =>
        await reads.ViewAsync(viewer, facilityId, cancel) is { } view ? TypedResults.Ok(FacilityAnswer.Of(view)) : Problems.NotFound("facility");

    private static Task<Results<Ok<LoanList>, ProblemHttpResult>> Loans(
        string facilityId, Viewer viewer, FacilityReads facilities, LendingReads lending, LoanStandings standings, CancellationToken cancel) =>
        OfFacility(facilityId, viewer, facilities, async facility =>
        {
            var standing = await standings.OfBorrowerAsync(facility, cancel);
            return new LoanList([.. (await lending.LoansAsync(facility, cancel)).Select(loan => LoanAnswer.Of(loan, standing.GetValueOrDefault(loan.LoanId)))]);
        }, cancel);

    private static Task<Results<Ok<PledgeList>, ProblemHttpResult>> Pledges(
        string facilityId, [AsParameters] Paging paging, Viewer viewer, FacilityReads facilities, LendingReads lending, CancellationToken cancel) =>
        OfFacility(facilityId, viewer, facilities, async facility =>
        {
            var rows = await lending.PledgesAsync(facility, cancel);
            return new PledgeList(rows.Count, paging.From, [.. rows.Skip(paging.From).Take(paging.Take).Select(PledgeLine.Of)]);
        }, cancel);

    private static Task<Results<Ok<TransferList>, ProblemHttpResult>> Transfers(
        string facilityId, [AsParameters] Paging paging, Viewer viewer, FacilityReads facilities, LendingReads lending, CancellationToken cancel) =>
        OfFacility(facilityId, viewer, facilities, async facility => new TransferList(
            paging.From, [.. (await lending.TransfersAsync(facility, paging.From, paging.Take, cancel)).Select(TransferAnswer.Of)]), cancel);

    private static Task<Results<Ok<DecisionList>, ProblemHttpResult>> Decisions(
        string facilityId, [AsParameters] Paging paging, Viewer viewer, FacilityReads facilities, LendingReads lending, CancellationToken cancel) =>
        OfFacility(facilityId, viewer, facilities, async facility => new DecisionList(
            paging.From, [.. (await lending.DecisionsAsync(facility, paging.From, paging.Take, cancel)).Select(DecisionAnswer.Of)]), cancel);

    private static async Task<Results<Ok<T>, ProblemHttpResult>> OfFacility<T>(
        string facilityId, Viewer viewer, FacilityReads facilities, Func<FacilityRow, Task<T>> read, CancellationToken cancel) =>
        await facilities.FindAsync(viewer, facilityId, cancel) is { } facility
            ? TypedResults.Ok(await read(facility))
            : Problems.NotFound("facility");

    private static async Task<Results<Ok<CommandAccepted>, ProblemHttpResult>> Open(
        FacilityRequest request, CallerId caller, Viewer viewer, IGrainFactory grains)
    {
        var id = caller.Or(request.Id);
        return Answers.Of(id, await grains.GetGrain<ILendingDeskGrain>(viewer.InstitutionId).OpenFacility(request.ToOpening(id, viewer.Name)));
    }
}
