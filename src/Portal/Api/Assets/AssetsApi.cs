using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Portal.Reads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Earmark.Portal.Api.Assets;

using Accepted = Results<Ok<CommandAccepted>, ProblemHttpResult>;

/// <summary>One asset: what it is worth and why, and what people declare about it.</summary>
internal static class AssetsApi
{
    public static void MapAssets(this IEndpointRouteBuilder api)
    {
        var assets = api.MapGroup("/assets").WithTags("assets");
        assets.MapGet("/{assetId}", One).WithSummary("An asset down to its evidence");
        var acts = assets.MapGroup("/{assetId}").RequireAuthorization(Policies.ApiOnboarding);
        acts.MapPost("/tag", Tag).WithSummary("Binds an ear tag, or takes it off");
        acts.MapPost("/weighings", Weigh).WithSummary("Records a weighing");
        acts.MapPost("/move", Move).WithSummary("Moves it to another pen or zone of its site");
        acts.MapPost("/removal", Remove).WithSummary("Takes it out: sold, dead, slaughtered, consumed, delivered");
        acts.MapPost("/cover", Cover).WithSummary("Sets insurance and quarantine");
        api.MapPost("/transfers", Transfer).RequireAuthorization(Policies.ApiOnboarding).WithTags("assets")
            .WithSummary("Carries goods from one site to another");
    }

    private static async Task<Results<Ok<AssetOpened>, ProblemHttpResult>> One(string assetId, Viewer viewer, AssetReads reads, CancellationToken cancel) =>
        await reads.OpenAsync(viewer, assetId, cancel) is { } found ? TypedResults.Ok(AssetOpened.Of(found)) : Problems.NotFound("asset");

    private static Task<Accepted> Tag(
        string assetId, TagRequest request, CallerId caller, Viewer viewer, AssetReads reads, IGrainFactory grains, CancellationToken cancel) =>
        Declare(assetId, caller.Or(request.Id), viewer, reads, grains, id => new BindTag(id, viewer.Name, assetId, request.Tag, request.Because), cancel);

    private static Task<Accepted> Weigh(
        string assetId, WeighingRequest request, CallerId caller, Viewer viewer, AssetReads reads, IGrainFactory grains, CancellationToken cancel) =>
        Declare(assetId, caller.Or(request.Id), viewer, reads, grains, id => new WeighAnimals(
            id, viewer.Name, [new Weighing(assetId, (int)Amounts.Grams(request.WeightKilograms), request.At, request.Kind)]), cancel);

    private static Task<Accepted> Move(
        string assetId, MoveRequest request, CallerId caller, Viewer viewer, AssetReads reads, IGrainFactory grains, CancellationToken cancel) =>
        Declare(assetId, caller.Or(request.Id), viewer, reads, grains, id => new MoveAssets(id, viewer.Name, [assetId], request.Zone), cancel);

    private static Task<Accepted> Remove(
        string assetId, RemovalRequest request, CallerId caller, Viewer viewer, AssetReads reads, IGrainFactory grains, CancellationToken cancel) =>
        Declare(assetId, caller.Or(request.Id), viewer, reads, grains, id => new RemoveAssets(id, viewer.Name, [assetId], request.Because), cancel);

    private static Task<Accepted> Cover(
        string assetId, CoverRequest request, CallerId caller, Viewer viewer, AssetReads reads, IGrainFactory grains, CancellationToken cancel) =>
        Declare(assetId, caller.Or(request.Id), viewer, reads, grains, id => new SetCover(
            id, viewer.Name, [assetId], request.InsuredUntil, request.Quarantined), cancel);

    private static async Task<Accepted> Declare(
        string assetId, string id, Viewer viewer, AssetReads reads, IGrainFactory grains, Func<string, SiteCommand> command, CancellationToken cancel)
    {
        if (await reads.FindAsync(viewer, assetId, cancel) is not { } found)
        {
            return Problems.NotFound("asset");
        }

        var receipt = await grains.GetGrain<IRegistrarGrain>(viewer.InstitutionId).Declare(found.Site.SiteId, command(id));
        return Answers.Of(id, receipt);
    }

    private static async Task<Accepted> Transfer(
        TransferRequest request, CallerId caller, Viewer viewer, SiteReads sites, IGrainFactory grains, CancellationToken cancel)
    {
        if (await sites.FindAsync(viewer, request.FromSiteId, cancel) is null || await sites.FindAsync(viewer, request.ToSiteId, cancel) is null)
        {
            return Problems.NotFound("site");
        }

        var id = caller.Or(request.Id);
        var receipt = await grains.GetGrain<IRegistrarGrain>(viewer.InstitutionId).Transfer(request.Order(id, viewer.Name));
        return Answers.Of(id, receipt);
    }
}
