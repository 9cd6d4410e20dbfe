using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Earmark.Portal.Api.Operating;

/// <summary>For whoever supervises the process. Live: it answers. Ready: the Book reads and a grain answers.</summary>
internal static class HealthRoutes
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new Health("live"))).AllowAnonymous().WithTags("health")
            .WithSummary("The process answers");
        routes.MapGet("/health/ready", Ready).AllowAnonymous().WithTags("health").WithSummary("The Book and the grains answer")
            .Produces<Health>().Produces<Health>(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> Ready(Readiness readiness, CancellationToken cancel) => await readiness.CheckAsync(cancel)
        ? TypedResults.Ok(new Health("ready"))
        : TypedResults.Json(new Health("not-ready"), statusCode: StatusCodes.Status503ServiceUnavailable);
}

public sealed record Health(string Status);
