using Earmark.Contracts.Devices;
using Earmark.Portal.Api.Assets;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Portal.Reads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Earmark.Portal.Api.Sites;

/// <summary>Ranches, warehouses and fleets.</summary>
internal static class SitesApi
{
    public static void MapSites(this IEndpointRouteBuilder api)
    {
        var sites = api.MapGroup("/sites").WithTags("sites");
        sites.MapGet("", All).WithSummary("Sites the key may see");
        sites.MapGet("/{siteId}", One).WithSummary("A site at a glance: tallies, zones, stations, journal position");
        sites.MapGet("/{siteId}/assets", Assets).WithSummary("Assets of a site, filtered, sorted and paged");
        sites.MapPost("", Open).RequireAuthorization(Policies.ApiBank).WithSummary("Opens a site");
    }

    private static async Task<Ok<SiteList>> All(Viewer viewer, SiteReads reads, CancellationToken cancel) =>
        TypedResults.Ok(new SiteList([.. (await reads.AllAsync(viewer, cancel)).Select(SiteLine.Of)]));

    private static async Task<Results<Ok<SiteAnswer>, ProblemHttpResult>> One(string siteId, Viewer viewer, SiteReads reads, CancellationToken cancel) =>
        await reads.FindAsync(viewer, siteId, cancel) is { } site
            ? TypedResults.Ok(SiteAnswer.Of(site, await reads.SummaryAsync(site, cancel)))
            : Problems.NotFound("site");

    private static async Task<Results<Ok<AssetList>, ProblemHttpResult>> Assets(
        string siteId, [AsParameters] AssetFilter filter, [AsParameters] Paging paging, Viewer viewer, SiteReads reads, CancellationToken cancel)
    {
        if (await reads.FindAsync(viewer, siteId, cancel) is not { } site)
        {
            return Problems.NotFound("site");
        }

        var page = await reads.AssetsAsync(site, filter.ToQuery(paging), cancel);
        return TypedResults.Ok(new AssetList(page.Total, paging.From, [.. page.Lines.Select(AssetAnswer.Of)]));
    }

    private static async Task<Results<Ok<CommandAccepted>, ProblemHttpResult>> Open(
        SiteOpeningRequest request, CallerId caller, Viewer viewer, IGrainFactory grains)
    {
        var id = caller.Or(request.Id);
        var receipt = await grains.GetGrain<IRegistrarGrain>(viewer.InstitutionId).OpenSite(new SiteOpening(
            id, viewer.Name, request.SiteId, request.Kind, request.DisplayName, request.Zones, request.Latitude, request.Longitude));
        return Answers.Of(id, receipt);
    }
}
