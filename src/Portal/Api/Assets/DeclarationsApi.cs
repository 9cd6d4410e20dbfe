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

/// <summary>Declarations as JSON arrays; all of one request or none. A known asset is updated, not doubled.</summary>
internal static class DeclarationsApi
{
    public static void MapDeclarations(this IEndpointRouteBuilder api)
    {
        var site = api.MapGroup("/sites/{siteId}").RequireAuthorization(Policies.ApiOnboarding).WithTags("onboarding");
        site.MapPost("/animals", Animals).WithSummary("Declares animals of a ranch");
        site.MapPost("/lots", Lots).WithSummary("Declares lots of a warehouse");
        site.MapPost("/shipments", Shipments).WithSummary("Declares shipments of a fleet");
    }

    private static Task<Accepted> Animals(
        string siteId, AnimalRequest[] animals, CallerId caller, Viewer viewer, SiteReads sites, IGrainFactory grains, CancellationToken cancel) =>
        Declare(siteId, viewer, sites, grains, new DeclareAnimals(caller.Or(null), viewer.Name, [.. animals.Select(animal => animal.ToDeclaration())]), cancel);

    private static Task<Accepted> Lots(
        string siteId, LotRequest[] lots, CallerId caller, Viewer viewer, SiteReads sites, IGrainFactory grains, CancellationToken cancel) =>
        Declare(siteId, viewer, sites, grains, new DeclareLots(caller.Or(null), viewer.Name, [.. lots.Select(lot => lot.ToDeclaration())]), cancel);

    private static Task<Accepted> Shipments(
        string siteId, ShipmentRequest[] shipments, CallerId caller, Viewer viewer, SiteReads sites, IGrainFactory grains, CancellationToken cancel) =>
        Declare(siteId, viewer, sites, grains, new DeclareShipments(
            caller.Or(null), viewer.Name, [.. shipments.Select(shipment => shipment.ToDeclaration())]), cancel);

    private static async Task<Accepted> Declare(
        string siteId, Viewer viewer, SiteReads sites, IGrainFactory grains, SiteCommand command, CancellationToken cancel)
    {
        if (await sites.FindAsync(viewer, siteId, cancel) is null)
        {
            return Problems.NotFound("site");
        }

        return Answers.Of(command.CommandId, await grains.GetGrain<IRegistrarGrain>(viewer.InstitutionId).Declare(siteId, command));
    }
}
