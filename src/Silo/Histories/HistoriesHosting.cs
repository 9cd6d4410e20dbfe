using Earmark.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Earmark.Silo.Histories;

public static class HistoriesHosting
{
    /// <summary>Fills the History while the host runs. Expects <c>IJournal</c> and <c>IHistory</c>.</summary>
    /// <param name="fills">False only registers what others look at: there is no History.</param>
    /// <param name="cluster">Where several processes share one journal: they take turns through it.</param>
    public static IServiceCollection AddEarmarkHistories(
        this IServiceCollection services, HistoryTailerOptions? options = null, bool fills = true, PostgresConnection? cluster = null)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options ?? new HistoryTailerOptions());
        services.AddSingleton<HistoryTailer>();
        if (!fills)
        {
            return services;
        }

        if (cluster is null)
        {
            services.AddHostedService(provider => provider.GetRequiredService<HistoryTailer>());
        }
        else
        {
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PostgresTurn>(provider, cluster, "history"));
            services.AddHostedService<TailerInTurn>();
        }

        return services;
    }
}
