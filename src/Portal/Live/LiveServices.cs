using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Earmark.Portal.Live;

internal static class LiveServices
{
    public static void AddPortalLive(this IServiceCollection services)
    {
        services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = PortalLimits.LiveMessageBytes;
            options.StreamBufferCapacity = 1;
        });
        services.AddSingleton<ILiveSource, FacilitiesSource>();
        services.AddSingleton<ILiveSource, FacilitySource>();
        services.AddSingleton<ILiveSource, CountsSource>();
        services.AddSingleton<ILiveSource, ZonesSource>();
        services.AddSingleton<ILiveSource, StationsSource>();
        services.AddSingleton<ILiveSource, AssetsSource>();
        services.AddSingleton<ILiveSource, DeviceSource>();
        services.AddSingleton<ILiveSource, OpenAlarmsSource>();
        services.AddSingleton<LiveBoard>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveBoard>());
    }

    public static void MapPortalLive(this WebApplication app) => app.MapHub<LiveHub>(LiveHub.Path);
}
