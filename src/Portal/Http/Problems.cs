using Earmark.Contracts.Sites;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Earmark.Portal.Http;

/// <summary>Errors of the API as RFC 9457 problems with a stable, kebab-case <c>reason</c> beside the sentence.</summary>
public static class Problems
{
    public const string ReasonMember = "reason";

    public static ProblemHttpResult Of(int status, string reason, string detail, string? path = null)
    {
        var members = new Dictionary<string, object?> { [ReasonMember] = reason };
        if (path is not null)
        {
            members["path"] = path;
        }

        return TypedResults.Problem(detail: detail, statusCode: status, title: TitleOf(status), extensions: members);
    }

    public static ProblemHttpResult Unauthorized() =>
        Of(StatusCodes.Status401Unauthorized, "unauthorized", "The request needs Authorization: Bearer KEY with a key in force.");

    public static ProblemHttpResult Forbidden() =>
        Of(StatusCodes.Status403Forbidden, "forbidden", "The key's role may not do this.");

    /// <summary>Also for what belongs to another institution: that it exists is not told.</summary>
    public static ProblemHttpResult NotFound(string what) =>
        Of(StatusCodes.Status404NotFound, "not-found", $"There is no such {what}.");

    public static ProblemHttpResult Invalid(string detail, string? path = null) =>
        Of(StatusCodes.Status400BadRequest, "invalid-request", detail, path);

    /// <summary>A business request that was understood and refused by a rule.</summary>
    public static ProblemHttpResult Refused(string? reason, string? detail) =>
        Of(StatusCodes.Status422UnprocessableEntity, reason ?? "refused", detail ?? "The request was refused.");

    public static ProblemHttpResult Refused(CommandReceipt receipt) => Refused(receipt.Reason, receipt.Detail);

    public static ProblemHttpResult Unavailable(string detail) =>
        Of(StatusCodes.Status503ServiceUnavailable, "unavailable", detail);

    /// <summary>For an answer that routing made with a status alone.</summary>
    public static ProblemHttpResult OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthorized(),
        StatusCodes.Status403Forbidden => Forbidden(),
        StatusCodes.Status404NotFound => NotFound("endpoint"),
        StatusCodes.Status405MethodNotAllowed => Of(status, "method-not-allowed", "The endpoint does not take this method."),
        StatusCodes.Status413PayloadTooLarge => Of(status, "body-too-large", "The body is larger than this endpoint takes."),
        StatusCodes.Status415UnsupportedMediaType => Of(status, "unsupported-media-type", "The Content-Type is not one this endpoint takes."),
        _ => Of(status, "error", "The request could not be answered."),
    };

    private static string TitleOf(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "Bad request",
        StatusCodes.Status401Unauthorized => "Unauthorized",
        StatusCodes.Status403Forbidden => "Forbidden",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status409Conflict => "Conflict",
        StatusCodes.Status413PayloadTooLarge => "Body too large",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported media type",
        StatusCodes.Status422UnprocessableEntity => "Refused",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        StatusCodes.Status503ServiceUnavailable => "Unavailable",
        _ => "Error",
    };
}
