using Microsoft.Extensions.DependencyInjection;

namespace Earmark.Portal.Reads;

/// <summary>Scoped reads for pages and API alike: every one takes the viewer and answers only what it may see.</summary>
internal static class ReadServices
{
    public static void AddPortalReads(this IServiceCollection services)
    {
        services.AddSingleton<FacilityReads>();
        services.AddSingleton<LendingReads>();
        services.AddSingleton<LoanStandings>();
        services.AddSingleton<SiteReads>();
        services.AddSingleton<AssetReads>();
        services.AddSingleton<DeviceReads>();
        services.AddSingleton<AlarmReads>();
    }
}
