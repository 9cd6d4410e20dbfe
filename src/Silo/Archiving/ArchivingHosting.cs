using Earmark.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Earmark.Silo.Archiving;

public static class ArchivingHosting
{
    /// <summary>Archives old periods while the host runs. Expects the stores, with a journal that has periods.</summary>
    public static IServiceCollection AddEarmarkArchiving(this IServiceCollection services, ArchivingOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.TryAddSingleton(provider => (IJournalPeriods)provider.GetRequiredService<IJournal>());
        services.AddSingleton<JournalArchivist>();
        services.AddHostedService(provider => provider.GetRequiredService<JournalArchivist>());
        return services;
    }
}
