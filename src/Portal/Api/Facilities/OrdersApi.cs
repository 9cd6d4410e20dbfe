using Earmark.Contracts.Lending;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Portal.Reads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Earmark.Portal.Api.Facilities;

/// <summary>Orders of the bank to one facility. A refusal is 422 with its reason: stale, unknown, unobserved, would-breach, over-limit …</summary>
internal static class OrdersApi
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/facilities/{facilityId}").RequireAuthorization(Policies.ApiBank).WithTags("facilities");
        orders.MapPost("/pledges", Pledge).WithSummary("Pledges assets of a site");
        orders.MapPost("/releases", Release).WithSummary("Releases pledged assets, unless that would breach");
        orders.MapPost("/draws", Draw).WithSummary("Draws money to a payee");
        orders.MapPost("/repayments", Repay).WithSummary("Books a repayment on a loan");
    }

    private static async Task<Results<Ok<CommandAccepted>, ProblemHttpResult>> Pledge(
        string facilityId, PledgeRequest request, CallerId caller, Viewer viewer, FacilityReads reads, SiteReads sites, IGrainFactory grains, CancellationToken cancel)
    {
        if (await Missing(viewer, facilityId, request.SiteId, reads, sites, cancel) is { } missing)
        {
            return missing;
        }

        var id = caller.Or(request.Id);
        return Answers.Of(id, await Facility(grains, facilityId).Pledge(
            new PledgeOrder(id, viewer.Name, request.SiteId, request.AssetIds, request.RegistrationNumber)));
    }

    private static async Task<Results<Ok<CommandAccepted>, ProblemHttpResult>> Release(
        string facilityId, ReleaseRequest request, CallerId caller, Viewer viewer, FacilityReads reads, SiteReads sites, IGrainFactory grains, CancellationToken cancel)
    {
        if (await Missing(viewer, facilityId, request.SiteId, reads, sites, cancel) is { } missing)
        {
            return missing;
        }

        var id = caller.Or(request.Id);
        return Answers.Of(id, await Facility(grains, facilityId).Release(new ReleaseOrder(id, viewer.Name, request.SiteId, request.AssetIds)));
    }

    private static async Task<Results<Ok<MoneyAccepted>, ProblemHttpResult>> Draw(
        string facilityId, DrawRequest request, CallerId caller, Viewer viewer, FacilityReads reads, IGrainFactory grains, CancellationToken cancel)
    {
        if (await reads.FindAsync(viewer, facilityId, cancel) is null)
        {
            return Problems.NotFound("facility");
        }

        var id = caller.Or(request.Id);
        return Answers.Of(id, await Facility(grains, facilityId).Draw(
            new DrawOrder(id, viewer.Name, Amounts.Fen(request.Amount), request.Payee, request.Instalments, request.FirstDueOn)));
    }

    private static async Task<Results<Ok<MoneyAccepted>, ProblemHttpResult>> Repay(
        string facilityId, RepaymentRequest request, CallerId caller, Viewer viewer, FacilityReads reads, IGrainFactory grains, CancellationToken cancel)
    {
        if (await reads.FindAsync(viewer, facilityId, cancel) is null)
        {
            return Problems.NotFound("facility");
        }

        var id = caller.Or(request.Id);
        return Answers.Of(id, await Facility(grains, facilityId).Repay(
            new RepaymentOrder(id, viewer.Name, request.LoanId, Amounts.Fen(request.Amount))));
    }

    private static async Task<ProblemHttpResult?> Missing(
        Viewer viewer, string facilityId, string siteId, FacilityReads reads, SiteReads sites, CancellationToken cancel) =>
        await reads.FindAsync(viewer, facilityId, cancel) is null ? Problems.NotFound("facility")
        : await sites.FindAsync(viewer, siteId, cancel) is null ? Problems.NotFound("site")
        : null;

    private static IFacilityGrain Facility(IGrainFactory grains, string facilityId) => grains.GetGrain<IFacilityGrain>(facilityId);
}
