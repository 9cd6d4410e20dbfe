using System.Text.Json;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace Earmark.Portal.Http;

/// <summary>Turns what an endpoint of the API threw into a problem; the page of errors is for pages only.</summary>
internal sealed class ApiErrors(ILogger<ApiErrors> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancel)
    {
        // The request's own path is that of the page of errors by now.
        if (context.Features.Get<IExceptionHandlerPathFeature>() is not { } failed || !new PathString(failed.Path).StartsWithSegments(PortalRoutes.ApiRoot))
        {
            return false;
        }

        if (context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        await ProblemOf(context, exception).ExecuteAsync(context);
        return true;
    }

    private ProblemHttpResult ProblemOf(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge or StatusCodes.Status415UnsupportedMediaType } told:
                return Problems.OfStatus(told.StatusCode);
            case BadHttpRequestException { InnerException: JsonException json }:
                return Problems.Of(StatusCodes.Status400BadRequest, "malformed-json", SayWhere(json), json.Path ?? "$");
            case BadHttpRequestException bad:
                return Problems.Of(bad.StatusCode, "invalid-request", BindingWords.Of(bad));
            case RepeatedIdException:
                return Problems.Of(StatusCodes.Status409Conflict, "repeated-id", "The id stands already with another body.");
            case TimeoutException or OrleansException or SiloUnavailableException:
                log.LogWarning(exception, "A grain did not answer {Path}", context.Features.Get<IExceptionHandlerPathFeature>()?.Path);
                return Problems.Unavailable("The answer did not come in time; the request may be repeated with the same id.");
            default:
                log.LogError(exception, "Unhandled at {Path}", context.Features.Get<IExceptionHandlerPathFeature>()?.Path);
                return Problems.Of(StatusCodes.Status500InternalServerError, "internal-error", "Something went wrong here; it has been logged.");
        }
    }

    private static string SayWhere(JsonException json) =>
        $"{BindingWords.Of(json)} (line {json.LineNumber + 1 ?? 1}, byte {json.BytePositionInLine ?? 0})";
}
