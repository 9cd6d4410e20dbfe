using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Earmark.Portal.Api.Requests;

/// <summary>Keeps who asked for a change, of what, and what became of it. Refused tries are kept too.</summary>
internal sealed class RequestAudit(IIdentity identity, TimeProvider time) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        var http = context.HttpContext;
        if (HttpMethods.IsPost(http.Request.Method) && http.GetEndpoint()?.Metadata.GetMetadata<NotAChange>() is null && Viewer.Of(http.User) is { } viewer)
        {
            var subject = http.Request.RouteValues.Values.FirstOrDefault()?.ToString() ?? "";
            await identity.AuditAsync(
                new AuditRow(viewer.InstitutionId, time.GetUtcNow(), viewer.Name, "POST " + http.Request.Path, subject, OutcomeOf(result)),
                CancellationToken.None);
        }

        return result;
    }

    private static string OutcomeOf(object? result) => (result is INestedHttpResult nested ? nested.Result : result) switch
    {
        ProblemHttpResult problem => "refused " + problem.ProblemDetails.Extensions[Http.Problems.ReasonMember],
        _ => "accepted",
    };
}

/// <summary>A POST that changes nothing.</summary>
internal sealed class NotAChange;
