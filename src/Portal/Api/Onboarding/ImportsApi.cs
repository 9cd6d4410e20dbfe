using Earmark.Portal.Api.Devices;
using Earmark.Portal.Api.Requests;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Portal.Onboarding;
using Earmark.Portal.Reads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Earmark.Portal.Api.Onboarding;

/// <summary>CSV imports: the answer comes when the file is read; progress is to be had meanwhile under the import's id.</summary>
internal static class ImportsApi
{
    public static void MapImports(this IEndpointRouteBuilder api)
    {
        api.MapPost("/sites/{siteId}/import/{what}", Run).RequireAuthorization(Policies.ApiOnboarding).WithTags("onboarding")
            .WithMetadata(new BodyLimit(PortalLimits.ImportBytes)).Accepts<string>("text/csv")
            .WithSummary("Imports animals, lots, shipments or devices from CSV; columns are named like the JSON members");
        api.MapGet("/imports/{importId}", Progress).RequireAuthorization(Policies.ApiOnboarding).WithTags("onboarding")
            .WithSummary("How far an import is, with its refused lines");
    }

    private static async Task<Results<Ok<ImportAnswer>, ProblemHttpResult>> Run(
        string siteId, string what, CallerId caller, HttpRequest request, Viewer viewer, SiteReads sites, ImportDesk desk, CancellationToken cancel)
    {
        if (await sites.FindAsync(viewer, siteId, cancel) is not { } site || !ImportDesk.Kinds.Contains(what))
        {
            return Problems.NotFound("site or kind of import");
        }

        var (import, reason) = await desk.RunAsync(viewer, site, what, caller.Or(null), request.BodyReader, cancel);
        if (import is null)
        {
            return Problems.Of(StatusCodes.Status409Conflict, reason, "Another import is running; ask for its progress and try again.");
        }

        return import is { State: ImportState.Stopped, RowsRead: 0 }
            ? Problems.Of(StatusCodes.Status400BadRequest, "bad-header", import.StoppedBecause!)
            : TypedResults.Ok(ImportAnswer.Of(import, [.. import.Enrolled]));
    }

    private static async Task<Results<Ok<ImportAnswer>, ProblemHttpResult>> Progress(
        string importId, Viewer viewer, SiteReads sites, Imports imports, CancellationToken cancel) =>
        imports.Find(viewer.InstitutionId, importId) is { } import && await sites.FindAsync(viewer, import.SiteId, cancel) is not null
            ? TypedResults.Ok(ImportAnswer.Of(import, []))
            : Problems.NotFound("import");
}

/// <param name="What">animals, lots, shipments or devices.</param>
/// <param name="Problems">Refused lines with their reasons; at most 1,000, the others are only counted in refused.</param>
/// <param name="Devices">Devices added, with their secrets, in the answer of the import itself only.</param>
public sealed record ImportAnswer(
    string ImportId,
    string SiteId,
    string What,
    ImportState State,
    string? StoppedBecause,
    int RowsRead,
    int Accepted,
    int Refused,
    IReadOnlyList<ImportProblem> Problems,
    IReadOnlyList<DeviceEnrolled> Devices)
{
    public static ImportAnswer Of(Import import, IReadOnlyList<DeviceEnrolled> devices) => new(
        import.ImportId,
        import.SiteId,
        import.What,
        import.State,
        import.StoppedBecause,
        import.RowsRead,
        import.Accepted,
        import.Refused,
        [.. import.Problems.OrderBy(problem => problem.Line)],
        devices);
}
