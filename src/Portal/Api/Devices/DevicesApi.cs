using Earmark.Contracts.Devices;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Portal.Reads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Orleans;

namespace Earmark.Portal.Api.Devices;

/// <summary>Ear tags, base stations, feeders, scales and GPS nodes.</summary>
internal static class DevicesApi
{
    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        var devices = api.MapGroup("/devices").WithTags("devices");
        devices.MapGet("", All).WithSummary("Devices the key may see");
        devices.MapGet("/{deviceId}", One).WithSummary("A device: twin, activity, last frames raw and decoded, refusals");
        devices.MapPost("", Add).RequireAuthorization(Policies.ApiOnboarding).WithSummary("Adds a device; its secrets are in this answer only");
        devices.MapPost("/{deviceId}/acts", Act).RequireAuthorization(Policies.ApiOnboarding).WithSummary("A person's act on one device");
    }

    private static async Task<Results<Ok<DeviceList>, ProblemHttpResult>> All(
        [AsParameters] DeviceFilter filter, [AsParameters] Paging paging, Viewer viewer, DeviceReads reads, CancellationToken cancel) =>
        await reads.PageAsync(viewer, filter.Site, filter.Kind, filter.Search, paging.From, paging.Take, cancel) is { } page
            ? TypedResults.Ok(new DeviceList(page.Total, paging.From, [.. page.Rows.Select(DeviceLine.Of)]))
            : Problems.NotFound("site");

    private static async Task<Results<Ok<DeviceOpened>, ProblemHttpResult>> One(string deviceId, Viewer viewer, DeviceReads reads, CancellationToken cancel) =>
        await reads.OpenAsync(viewer, deviceId, cancel) is { } found ? TypedResults.Ok(DeviceOpened.Of(found)) : Problems.NotFound("device");

    private static async Task<Results<Ok<DeviceEnrolled>, ProblemHttpResult>> Add(
        DeviceRequest request, CallerId caller, Viewer viewer, SiteReads sites, IGrainFactory grains, CancellationToken cancel)
    {
        if (await sites.FindAsync(viewer, request.Site, cancel) is null)
        {
            return Problems.NotFound("site");
        }

        var made = await grains.GetGrain<IRegistrarGrain>(viewer.InstitutionId).AddDevice(request.ToOrder(caller.Or(request.Id), viewer.Name));
        return made.Accepted ? TypedResults.Ok(DeviceEnrolled.Of(made)) : Answers.Refusal(made.Reason, made.Detail);
    }

    private static async Task<Results<Ok<TwinAnswer>, ProblemHttpResult>> Act(
        string deviceId, DeviceActRequest request, CallerId caller, Viewer viewer, DeviceReads reads, IGrainFactory grains, CancellationToken cancel)
    {
        if (await reads.FindAsync(viewer, deviceId, cancel) is not { } row || grains.Device(row.Kind, deviceId) is not { } device)
        {
            return Problems.NotFound("device");
        }

        var twin = await device.Act(new DeviceAct(caller.Or(request.Id), request.Act, viewer.Name, request.Detail));
        return TypedResults.Ok(TwinAnswer.Of(twin));
    }
}
