using Microsoft.Extensions.DependencyInjection;

namespace Earmark.Portal.Reads;

/// <summary>Reads that only pages need.</summary>
internal static class PageReads
{
    public static void AddPageReads(this IServiceCollection services)
    {
        services.AddSingleton<SiteGlances>();
        services.AddSingleton<SilentDevices>();
        services.AddSingleton<AssetWorths>();
        services.AddSingleton<EntryReads>();
        services.AddSingleton<MyFacilities>();
        services.AddSingleton<TodayReads>();
        services.AddSingleton<FacilityFiles>();
        services.AddSingleton<MarginCallReads>();
    }
}
