using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Storage.Influx;
using Earmark.Storage.Journal;
using Earmark.Storage.Postgres;
using Earmark.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Earmark.Storage;

public static class StorageServices
{
    /// <summary>
    /// The embedded stores under <see cref="StorageOptions.DataFolder"/>. Files are opened, made and migrated when the host
    /// starts (or a store is resolved before); disposing the provider writes what waits and closes them.
    /// </summary>
    public static IServiceCollection AddEarmarkStorage(this IServiceCollection services, StorageOptions options)
    {
        services.AddSingleton(options);
        if (options.Postgres is null)
        {
            services.AddSingleton<IJournal, SqliteJournal>();
            services.AddSingleton<BookDatabase, SqliteBook>();
        }
        else
        {
            services.AddSingleton<IJournal, PostgresJournal>();
            services.AddPostgresBook(new PostgresOptions { Connection = options.Postgres });
        }

        AddHistory(services, options);
        services.AddBookParts();
        services.AddHostedService<StorageStart>();
        return services;
    }

    /// <summary>The Book on PostgreSQL alone, for a process that needs no other store. Its schema is made by somebody else.</summary>
    public static IServiceCollection AddPostgresBook(this IServiceCollection services, PostgresOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<BookDatabase, PostgresBook>();
        services.TryAddSingleton<IClockBook, ClockBook>();
        return services;
    }

    private static void AddBookParts(this IServiceCollection services)
    {
        services.TryAddSingleton<IClockBook, ClockBook>();
        services.AddSingleton<IRegister, Register>();
        services.AddSingleton<ILendingBook, LendingBook>();
        services.AddSingleton<ILedger, Ledger>();
        services.AddSingleton<IPrices, Prices>();
        services.AddSingleton<IProducts, Products>();
        services.AddSingleton<ILedgerSeals, LedgerSeals>();
        services.AddSingleton<IPendingTransfers, PendingTransfers>();
        services.AddSingleton<IAlarms, Alarms>();
        services.AddSingleton<IIdentity, Identity>();
        services.AddSingleton<IOutbox, Outbox>();
    }

    private static void AddHistory(IServiceCollection services, StorageOptions options)
    {
        if (options.Influx is { } influx)
        {
            services.AddSingleton<IHistory>(provider => new InfluxHistory(influx, provider.GetRequiredService<ILogger<InfluxHistory>>()));
        }
        else if (options.Postgres is null)
        {
            services.AddSingleton<IHistory, SqliteHistory>();
        }
        else
        {
            services.AddSingleton<IHistory, AbsentHistory>();
        }
    }
}
