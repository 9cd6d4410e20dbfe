using Earmark.Portal.Onboarding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Earmark.Portal.Api;

internal static class ApiServices
{
    public static void AddPortalApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        // A body that cannot be read becomes a problem with its reason (Http/ApiErrors.cs), in every environment alike.
        services.AddSingleton<Operating.ClockTurn>();
        services.AddSingleton<Operating.Readiness>();
        services.AddSingleton<Imports>();
        services.AddSingleton<ImportDesk>();
        services.AddOpenApi("v1", ApiDocument.Configure);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }
}
