using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Earmark.Silo.Histories;

public static class HistoriesHosting
{
    /// <summary>Fills the History while the host runs. Expects <c>IJournal</c> and <c>IHistory</c>; one process of a cluster is enough.</summary>
    public static IServiceCollection AddEarmarkHistories(this IServiceCollection services, HistoryTailerOptions? options = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options ?? new HistoryTailerOptions());
        services.AddSingleton<HistoryTailer>();
        services.AddHostedService(provider => provider.GetRequiredService<HistoryTailer>());
        return services;
    }
}
