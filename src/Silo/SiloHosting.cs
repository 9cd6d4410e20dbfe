using Earmark.Silo.Devices;
using Earmark.Silo.GrainState;
using Earmark.Silo.Histories;
using Earmark.Silo.Keeping;
using Earmark.Silo.Lending;
using Earmark.Silo.Lending.Outbox;
using Earmark.Silo.Metering;
using Earmark.Silo.Sites;
using Earmark.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Hosting;

namespace Earmark.Silo;

/// <summary>What a silo of Earmark needs beyond its stores and its <c>DomainClock</c>.</summary>
public sealed record SiloOptions
{
    /// <summary>Holds the master key and the mail folder; the stores have their own options.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where device grains keep their state and silos take turns; null keeps it in the data folder.</summary>
    public PostgresConnection? Postgres { get; init; }

    /// <summary>The key of a cluster, the same in every silo; null reads that of the data folder, or makes it at the first start.</summary>
    public Func<MasterKey>? MasterKey { get; init; }

    /// <summary>False where there is no History to fill.</summary>
    public bool FillsHistory { get; init; } = true;

    /// <summary>Null sends no webhooks.</summary>
    public WebhookOptions? Webhook { get; init; }

    public string MailFrom { get; init; } = "earmark@localhost";

    public string MailTo { get; init; } = "post-loan@localhost";

    /// <summary>How long the twin of a device stays in memory unasked. Real time, at least two minutes.</summary>
    public TimeSpan IdleDevice { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>False for tests that beat the keeper and deliver events themselves.</summary>
    public bool RunsByItself { get; init; } = true;
}

public static class SiloHosting
{
    public const string ServiceId = "earmark";

    private static readonly Type[] DeviceTwins =
        [typeof(EarTagGrain), typeof(BaseStationGrain), typeof(TmrFeederGrain), typeof(WarehouseScaleGrain), typeof(GpsNodeGrain)];

    /// <summary>Grains, their state, the keeper's beat and the outbox. Expects the stores and a <c>DomainClock</c> in the services.</summary>
    public static ISiloBuilder AddEarmarkSilo(this ISiloBuilder silo, SiloOptions options)
    {
        var services = silo.Services;
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => options.MasterKey?.Invoke() ?? MasterKey.LoadOrMake(options.DataFolder));
        services.AddEarmarkSites();
        services.AddSingleton<FacilityHistory>();
        services.AddSingleton<IEventSink>(new MailSink(new MailOptions(Path.Combine(options.DataFolder, "mail"), options.MailFrom, options.MailTo)));
        if (options.Webhook is { } webhook)
        {
            services.AddSingleton<IEventSink>(provider => new WebhookSink(webhook, provider.GetRequiredService<TimeProvider>()));
        }

        services.AddSingleton<OutboxDelivery>();
        services.AddHostedService(provider => provider.GetRequiredService<FacilityHistory>());
        if (options.RunsByItself)
        {
            services.AddEarmarkHistories(fills: options.FillsHistory, cluster: options.Postgres);
            services.AddHostedService<SiloGauges>();
            services.AddHostedService<KeeperBeat>();
            services.AddHostedService(provider => provider.GetRequiredService<OutboxDelivery>());
            services.AddHostedService<LedgerSealing>();
        }

        // Part of the key of every device's state: another one would find none of it.
        services.PostConfigure<ClusterOptions>(cluster => cluster.ServiceId = ServiceId);
        services.Configure<GrainCollectionOptions>(collection =>
        {
            foreach (var twin in DeviceTwins)
            {
                collection.ClassSpecificCollectionAge[twin.FullName!] = options.IdleDevice;
            }
        });
        return options.Postgres is { } postgres ? silo.AddEarmarkGrainState(postgres) : silo.AddEarmarkGrainState(options.DataFolder);
    }
}
