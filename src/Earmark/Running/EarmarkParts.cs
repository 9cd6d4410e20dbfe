using System.Net;
using Earmark.Contracts.Time;
using Earmark.Gateway;
using Earmark.Portal;
using Earmark.Silo;
using Earmark.Storage;
using Orleans.Configuration;
using Orleans.Dashboard;
using GatewayOptions = Earmark.Gateway.GatewayOptions;
using SiloOptions = Earmark.Silo.SiloOptions;

namespace Earmark.Host.Running;

/// <summary>Puts the parts together in one process: storage, silo, gateway and portal on loopback.</summary>
internal static class EarmarkParts
{
    private const string ServiceId = "earmark";

    public static WebApplication Compose(RunOptions options, DomainClock clock)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        Log(builder.Logging, options.JsonLog);
        Telemetry.Add(builder.Services);
        builder.Services.AddSingleton(clock);
        builder.Services.AddEarmarkStorage(new StorageOptions { DataFolder = options.DataFolder, Influx = options.Influx });
        builder.Host.UseOrleans(silo => silo
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (ServiceId, ServiceId))
            .UseLocalhostClustering(FreePort.Find(), gatewayPort: 0, primarySiloEndpoint: null, ServiceId, ServiceId)
            .AddEarmarkSilo(new SiloOptions { DataFolder = options.DataFolder, Webhook = WebhookSecret.For(options) }));
        builder.Services.AddEarmarkGateway(new GatewayOptions());
        if (options.Broker is { } broker)
        {
            builder.Services.AddEarmarkBroker(broker);
        }

        builder.Services.AddEarmarkPortal(new PortalOptions { DemoMode = true, SecureCookies = false });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.ListenMqtt(IPAddress.Loopback, options.MqttPort);
            if (options.MqttTls is { } secure)
            {
                kestrel.ListenMqtt(IPAddress.Loopback, secure.Port, secure.Tls);
            }
        });

        if (options.Dashboard)
        {
            builder.Host.UseOrleans(silo => silo.AddDashboard());
        }

        var app = builder.Build();
        Telemetry.Use(app, options.Dashboard);
        app.UseEarmarkGateway();
        app.MapEarmarkPortal();
        return app;
    }

    public static void Log(ILoggingBuilder logging, bool asJson)
    {
        logging.ClearProviders();
        if (asJson)
        {
            logging.AddJsonConsole(console => (console.TimestampFormat, console.UseUtcTimestamp) = ("O", true));
        }
        else
        {
            logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
        }

        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("Earmark", LogLevel.Information);
        logging.AddFilter("Orleans", LogLevel.Error);
        // The ring of data-protection keys lies in the Book, which only its owner may read.
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
    }
}
