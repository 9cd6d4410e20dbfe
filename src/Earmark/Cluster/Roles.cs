using System.Net;
using Earmark.Gateway;
using Earmark.Gateway.Broker;
using Earmark.Host.Running;
using Earmark.Portal;
using Earmark.Silo;
using Earmark.Silo.Devices;
using Earmark.Silo.Lending.Outbox;
using Earmark.Storage;
using Earmark.Storage.Influx;
using Earmark.Storage.Postgres;
using GatewayOptions = Earmark.Gateway.GatewayOptions;
using SiloOptions = Earmark.Silo.SiloOptions;

namespace Earmark.Host.Cluster;

/// <param name="DataFolder">Of this silo alone: its mail. Nothing that can't be lost.</param>
/// <param name="Influx">Null keeps no History.</param>
internal sealed record SiloRole(
    PostgresConnection Postgres, SiloPlace Address, string MasterKey, string DataFolder, IPEndPoint Health, InfluxOptions? Influx, WebhookOptions? Webhook, bool JsonLog)
{
    public Task<int> RunAsync(CancellationToken cancel) => RoleProcess.RunAsync("silo", Postgres, migrates: true, JsonLog, Compose, cancel);

    private WebApplication Compose(WebApplicationBuilder builder)
    {
        builder.Services.AddEarmarkStorage(new StorageOptions { DataFolder = DataFolder, Postgres = Postgres, Influx = Influx });
        builder.Services.AddHostedService(services => services.GetRequiredService<BookClock>());
        builder.Host.UseOrleans(silo => silo.Join(Postgres, Address).AddEarmarkSilo(new SiloOptions
        {
            DataFolder = DataFolder,
            Postgres = Postgres,
            MasterKey = () => Silo.Devices.MasterKey.Parse(MasterKey),
            FillsHistory = Influx is not null,
            Webhook = Webhook,
        }));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(Health));
        var app = builder.Build();
        Telemetry.Use(app, withDashboard: false);
        app.MapRoleHealth();
        return app;
    }
}

/// <param name="Tls">A second MQTT port, with TLS, on the same address.</param>
/// <param name="Broker">An outside broker whose messages it takes too.</param>
internal sealed record GatewayRole(
    PostgresConnection Postgres, IPEndPoint Mqtt, IPEndPoint Health, (DoorTls Tls, int Port)? Tls, BrokerOptions? Broker, bool JsonLog)
{
    public Task<int> RunAsync(CancellationToken cancel) => RoleProcess.RunAsync("gateway", Postgres, migrates: false, JsonLog, Compose, cancel);

    private WebApplication Compose(WebApplicationBuilder builder)
    {
        // Of the Book only the clock: a gateway knows its devices from the silos.
        builder.Services.AddPostgresBook(new PostgresOptions { Connection = Postgres, BookReaders = 1, BookWriters = 1 });
        builder.Services.AddHostedService(services => services.GetRequiredService<BookClock>());
        builder.Host.UseOrleansClient(client => client.Join(Postgres));
        builder.Services.AddEarmarkGateway(new GatewayOptions());
        if (Broker is not null)
        {
            builder.Services.AddEarmarkBroker(Broker);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(Health);
            kestrel.ListenMqtt(Mqtt.Address, Mqtt.Port);
            if (Tls is { } secure)
            {
                kestrel.ListenMqtt(Mqtt.Address, secure.Port, secure.Tls);
            }
        });
        var app = builder.Build();
        Telemetry.Use(app, withDashboard: false);
        app.UseEarmarkGateway();
        app.MapRoleHealth();
        return app;
    }
}

/// <param name="AllowHttp">Cookies also travel over HTTP: only where nothing but this machine or a TLS proxy can reach the address.</param>
internal sealed record PortalRole(PostgresConnection Postgres, IPEndPoint Http, bool AllowHttp, InfluxOptions? Influx, bool JsonLog)
{
    public Task<int> RunAsync(CancellationToken cancel) => RoleProcess.RunAsync("portal", Postgres, migrates: false, JsonLog, Compose, cancel);

    private WebApplication Compose(WebApplicationBuilder builder)
    {
        builder.Services.AddEarmarkStorage(new StorageOptions { DataFolder = "", Postgres = Postgres, Influx = Influx });
        builder.Services.AddHostedService(services => services.GetRequiredService<BookClock>());
        builder.Host.UseOrleansClient(client => client.Join(Postgres));
        builder.Services.AddEarmarkPortal(new PortalOptions { DemoMode = false, SecureCookies = !AllowHttp });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(Http));
        var app = builder.Build();
        Telemetry.Use(app, withDashboard: false);
        app.MapEarmarkPortal();
        return app;
    }
}
