using System.Threading.RateLimiting;
using Earmark.Portal.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace Earmark.Portal.Http;

/// <summary>Requests a second of one key, tries a minute of one address. Over the limit: 429 <c>too-many-requests</c>.</summary>
internal static class RateLimits
{
    public const string Api = "api";
    public const string SignIn = "sign-in";

    public static void AddPortalRateLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "1";
            await Problems.Of(StatusCodes.Status429TooManyRequests, "too-many-requests", "Too many requests; try again shortly.")
                .ExecuteAsync(rejected.HttpContext);
        };
        options.AddPolicy(Api, OfKey);
        options.AddPolicy(SignIn, OfAddress);
    });

    private static RateLimitPartition<string> OfKey(HttpContext context) =>
        Viewer.Of(context.User) is { } viewer
            ? RateLimitPartition.GetTokenBucketLimiter($"{viewer.InstitutionId}/{viewer.Name}", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = PortalLimits.ApiRequestsPerSecond,
                TokensPerPeriod = PortalLimits.ApiRequestsPerSecond / 10,
                ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                QueueLimit = 0,
            })
            : RateLimitPartition.GetFixedWindowLimiter(AddressOf(context), _ => PerMinute(PortalLimits.AnonymousRequestsPerMinute));

    // Looking at the form is free; only tries count.
    private static RateLimitPartition<string> OfAddress(HttpContext context) => HttpMethods.IsPost(context.Request.Method)
        ? RateLimitPartition.GetFixedWindowLimiter(AddressOf(context), _ => PerMinute(PortalLimits.SignInsPerMinutePerAddress))
        : RateLimitPartition.GetNoLimiter("look");

    private static FixedWindowRateLimiterOptions PerMinute(int permits) =>
        new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 };

    private static string AddressOf(HttpContext context) => "address " + (context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
}
