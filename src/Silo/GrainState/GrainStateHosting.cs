using Earmark.Silo.Devices;
using Earmark.Storage.Postgres;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using Orleans.Storage;

namespace Earmark.Silo.GrainState;

/// <summary>State of device grains: <c>[PersistentState("…", GrainStateHosting.Devices)]</c>, kept in grains.db or in PostgreSQL.</summary>
public static class GrainStateHosting
{
    public const string Devices = DeviceGrain.StorageName;

    // Orleans' name for SQLite; for it the provider loads Microsoft.Data.Sqlite, no other package.
    private const string Invariant = "System.Data.SQLite";
    private const string OnScheduler = "devices-on-scheduler";
    private const string PostgresInvariant = "Npgsql";
    private const int BusySeconds = 5;
    private const int PostgresConnections = 16;

    /// <summary>
    /// Grain storage <see cref="Devices"/> in <paramref name="dataFolder"/>/grains.db, made at the silo's start. Orleans' binary
    /// serializer: half the cost of JSON, and it tolerates added members as long as no [Id] is used again.
    /// </summary>
    public static ISiloBuilder AddEarmarkGrainState(this ISiloBuilder silo, string dataFolder)
    {
        var connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(dataFolder, "grains.db"),
            DefaultTimeout = BusySeconds,
        }.ToString();
        silo.AddStorage(OnScheduler, Invariant, connectionString);
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            Devices, (services, _) => new OffSchedulerStorage(services.GetRequiredKeyedService<IGrainStorage>(OnScheduler)));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new GrainStateStart(dataFolder, connectionString));
        return silo;
    }

    /// <summary>Grain storage <see cref="Devices"/> in PostgreSQL, whose schema was made before (<c>PostgresMigrations</c>). Npgsql is asynchronous by itself.</summary>
    public static ISiloBuilder AddEarmarkGrainState(this ISiloBuilder silo, PostgresConnection postgres)
    {
        silo.AddStorage(Devices, PostgresInvariant, postgres.ForProvider(PostgresConnections));
        return silo;
    }

    private static void AddStorage(this ISiloBuilder silo, string name, string invariant, string connectionString) =>
        silo.AddAdoNetGrainStorage(name, (OptionsBuilder<AdoNetGrainStorageOptions> builder) => builder.Configure<Serializer>((options, serializer) =>
        {
            options.Invariant = invariant;
            options.ConnectionString = connectionString;
            options.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }));

    /// <summary>Before the storage reads its statements.</summary>
    private sealed class GrainStateStart(string dataFolder, string connectionString) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
            nameof(GrainStateStart),
            ServiceLifecycleStage.RuntimeInitialize,
            cancel => Task.Run(
                () =>
                {
                    Directory.CreateDirectory(dataFolder);
                    GrainStateSchema.Create(connectionString);
                },
                cancel),
            _ => Task.CompletedTask);
    }
}
