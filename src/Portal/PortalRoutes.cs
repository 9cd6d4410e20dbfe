using Earmark.Portal.Api;
using Earmark.Portal.Assets;
using Earmark.Portal.Http;
using Earmark.Portal.Identity;
using Earmark.Portal.Layout;
using Earmark.Portal.Live;
using Earmark.Portal.Words;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Earmark.Portal;

/// <summary>The portal's place in the request pipeline: pages at <c>/</c>, API at <c>/api/v1</c>, health, OpenAPI, live rows.</summary>
public static class PortalRoutes
{
    public const string ApiRoot = "/api";
    public const string ApiPrefix = "/api/v1";

    public static WebApplication MapEarmarkPortal(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseLanguages();
        app.UseExceptionHandler("/failed", createScopeForErrors: true);
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(ApiRoot),
            api => api.UseStatusCodePages(context => Problems.OfStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext)));
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments(ApiRoot) && !context.Request.Path.StartsWithSegments("/assets"),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();

        app.MapAssets();
        app.MapSignOut();
        app.MapPortalApi();
        app.MapPortalLive();
        app.MapRazorComponents<App>();
        return app;
    }
}
