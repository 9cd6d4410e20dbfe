using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Earmark.Portal.Assets;

internal static class AssetRoutes
{
    public static void MapAssets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/assets/{version}/{**name}", Serve).AllowAnonymous().ExcludeFromDescription();

    private static async Task Serve(HttpContext context, string version, string name)
    {
        if (PortalAssets.Find(name) is not { } asset)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        // Another version is a page from before an upgrade: answer, but let nobody keep it.
        context.Response.Headers.CacheControl = version == PortalAssets.Version ? "public, max-age=31536000, immutable" : "no-store";
        context.Response.Headers.Vary = "Accept-Encoding";
        context.Response.ContentType = asset.ContentType;
        var packed = asset.Brotli is not null && context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal);
        if (packed)
        {
            context.Response.Headers.ContentEncoding = "br";
        }

        var body = packed ? asset.Brotli! : asset.Plain;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
