using Earmark.Portal.Api.Alarms;
using Earmark.Portal.Api.Assets;
using Earmark.Portal.Api.Cattle;
using Earmark.Portal.Api.Devices;
using Earmark.Portal.Api.Facilities;
using Earmark.Portal.Api.Lending;
using Earmark.Portal.Api.Market;
using Earmark.Portal.Api.Onboarding;
using Earmark.Portal.Api.Operating;
using Earmark.Portal.Api.Products;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Api.Schedules;
using Earmark.Portal.Api.Sites;
using Earmark.Portal.Api.WhatIf;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Earmark.Portal.Api;

/// <summary>Every area of <c>/api/v1</c>. A key is needed for all of it; limits, checks and the audit are set here once.</summary>
internal static class ApiRoutes
{
    public static void MapPortalApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup(PortalRoutes.ApiPrefix)
            .RequireAuthorization(Policies.ApiAny)
            .RequireRateLimiting(RateLimits.Api)
            .WithMetadata(new BodyLimit(PortalLimits.RequestBytes))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .AddEndpointFilter<RequestAudit>()
            .AddEndpointFilter<RequestChecks>();
        api.MapSites();
        api.MapDeclarations();
        api.MapImports();
        api.MapAssets();
        api.MapCattle();
        api.MapDevices();
        api.MapFacilities();
        api.MapOrders();
        api.MapLending();
        api.MapProducts();
        api.MapSchedules();
        api.MapCollateral();
        api.MapFacilityWhatIf();
        api.MapPrices();
        api.MapAlarms();
        api.MapClock();
        api.MapDecode();
        routes.MapHealth();
        routes.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
    }
}
