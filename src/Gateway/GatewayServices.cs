using System.Net;
using Earmark.Gateway.Broker;
using Earmark.Gateway.Directory;
using Earmark.Gateway.Intake;
using Earmark.Gateway.Mqtt;
using Earmark.Gateway.Outbox;
using Earmark.Gateway.Refusals;
using Earmark.Gateway.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet.AspNetCore;
using MQTTnet.Server;

namespace Earmark.Gateway;

/// <summary>
/// How a host takes the gateway in: <c>services.AddEarmarkGateway(options)</c>, <c>kestrel.ListenMqtt(port)</c>, <c>app.UseEarmarkGateway()</c>.
/// Needs Orleans' <c>IGrainFactory</c> and a <c>DomainClock</c> in the services.
/// </summary>
public static class GatewayServices
{
    public const int MqttPort = 1883;

    public static IServiceCollection AddEarmarkGateway(this IServiceCollection services, GatewayOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<GatewayMeters>();
        services.AddSingleton<DeviceDirectory>();
        services.AddSingleton<SiteInboxes>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<Receipts>();
        services.AddSingleton<FrameIntake>();
        services.AddHosted<ConnectionNews>();
        services.AddHosted<RefusalReports>();

        services.AddSingleton<LiveClients>();
        services.AddSingleton<Logins>();
        services.AddSingleton<Publishes>();
        services.AddSingleton<MqttDoor>();
        services.AddSingleton<IMqttServerAdapter>(provider => provider.GetRequiredService<MqttDoor>());
        services.AddHostedMqttServer(server => server
            .WithoutDefaultEndpoint()
            .WithDefaultCommunicationTimeout(options.Limits.ConnectTimeout));
        services.Configure<SocketTransportOptions>(transport =>
        {
            transport.MaxReadBufferSize = options.Limits.ReadAheadBytes;
            // A message is read and answered where its socket woke us: each hop to another thread costs as much as the message.
            transport.UnsafePreferInlineScheduling = true;
            transport.WaitForDataBeforeAllocatingBuffer = false;
        });
        return services;
    }

    /// <summary>Makes the gateway a client of an outside broker too; after <see cref="AddEarmarkGateway"/>.</summary>
    /// <exception cref="IOException">The outbox's folder cannot be read or written (when the services are built).</exception>
    public static IServiceCollection AddEarmarkBroker(this IServiceCollection services, BrokerOptions broker)
    {
        services.AddSingleton(broker);
        services.AddSingleton(provider => new SyncedOutbox(
            broker.OutboxFolder, broker.OutboxBytes, provider.GetRequiredService<ILoggerFactory>().CreateLogger<SyncedOutbox>()));
        services.AddSingleton<BrokerIntake>();
        services.AddHosted<OutboxDrain>();
        services.AddHosted<BrokerLink>();
        return services;
    }

    /// <summary>The MQTT port on loopback: devices of other machines need an address given by name.</summary>
    public static void ListenMqtt(this KestrelServerOptions kestrel, int port = MqttPort) => kestrel.ListenMqtt(IPAddress.Loopback, port);

    /// <param name="tls">Null for plain TCP.</param>
    public static void ListenMqtt(this KestrelServerOptions kestrel, IPAddress address, int port, DoorTls? tls = null) =>
        kestrel.Listen(address, port, listen =>
        {
            if (tls is not null)
            {
                listen.UseHttps(tls.Configure);
            }
            listen.UseConnectionHandler<MqttDoor>();
        });

    public static IApplicationBuilder UseEarmarkGateway(this IApplicationBuilder app)
    {
        var logins = app.ApplicationServices.GetRequiredService<Logins>();
        var publishes = app.ApplicationServices.GetRequiredService<Publishes>();
        var door = app.ApplicationServices.GetRequiredService<MqttDoor>();
        return app.UseMqttServer(server =>
        {
            server.ValidatingConnectionAsync += logins.ValidateAsync;
            server.InterceptingPublishAsync += publishes.LastWillAsync;
            server.InterceptingSubscriptionAsync += door.SubscriptionAsync;
        });
    }

    private static void AddHosted<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<T>());
    }
}
