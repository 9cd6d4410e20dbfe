using System.Text.Encodings.Web;
using Earmark.Portal.Http;
using Earmark.Storage.Book;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Earmark.Portal.Identity;

/// <summary>Authenticates <c>Authorization: Bearer KEY</c> (RFC 6750). Missing or unknown: 401; not allowed: 403; both as problem+json.</summary>
public sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, IIdentity identity)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public new const string Scheme = "ApiKey";
    private const string Bearer = "Bearer ";
    private const int KeyCharacters = 200;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var key = header[Bearer.Length..].Trim();
        if (key.Length is 0 or > KeyCharacters)
        {
            return AuthenticateResult.Fail("not a key");
        }

        var row = await identity.ApiKeyAsync(ApiKeys.HashOf(key), Context.RequestAborted);
        return row is null
            ? AuthenticateResult.Fail("unknown key")
            : AuthenticateResult.Success(new AuthenticationTicket(
                Viewer.ToPrincipal(Scheme, row.Name, row.InstitutionId, row.Role, row.SiteIds, row.BorrowerId), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer realm=\"earmark\"";
        return Problems.Unauthorized().ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Problems.Forbidden().ExecuteAsync(Context);
}
