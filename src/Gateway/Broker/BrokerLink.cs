using System.Security.Cryptography.X509Certificates;
using Earmark.FirmwareProtocols.Topics;
using Earmark.Gateway.Outbox;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Earmark.Gateway.Broker;

/// <summary>
/// The connection to the outside broker, made again whenever it is lost: a persistent session, shared subscriptions, each message
/// acknowledged by hand. A client object lives as long as one connection, so that no acknowledgement of an earlier one can be taken for one of it.
/// </summary>
internal sealed class BrokerLink(BrokerIntake intake, SyncedOutbox outbox, BrokerOptions broker, GatewayOptions options, GatewayMeters meters, ILogger<BrokerLink> log)
    : BackgroundService
{
    private static readonly string[] Directions = ["up", "status"];
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    private readonly MqttClientFactory _factory = new();
    private volatile bool _isConnected;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        meters.Broker(() => outbox.Count, () => _isConnected ? 1 : 0);
        for (var pause = broker.FirstReconnect; !stoppingToken.IsCancellationRequested;)
        {
            try
            {
                await ServeAsync(stoppingToken);
                pause = broker.FirstReconnect;
            }
            catch (Exception away) when (!stoppingToken.IsCancellationRequested && away is not OutOfMemoryException)
            {
                meters.BrokerFailed();
                log.LogWarning("The broker at {Host} cannot be used: {Reason}", broker.Address.Authority, away.Message);
            }
            await Task.Delay(pause, options.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < broker.LongestReconnect ? pause * 2 : broker.LongestReconnect;
        }
    }

    /// <summary>Connects, and returns when the connection is over.</summary>
    private async Task ServeAsync(CancellationToken stoppingToken)
    {
        using var client = _factory.CreateMqttClient();
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        BrokerLine line = new(connection.Token);
        client.ApplicationMessageReceivedAsync += received => intake.TakeAsync(received, line, connection.Token);
        client.DisconnectedAsync += _ => connection.CancelAsync();
        var welcome = await client.ConnectAsync(Options(), stoppingToken);
        if (welcome.ResultCode != MqttClientConnectResultCode.Success)
        {
            throw new InvalidOperationException($"CONNECT was answered {welcome.ResultCode}");
        }
        var acknowledging = line.AcknowledgeAsync();
        try
        {
            await SubscribeAsync(client, connection.Token);
            _isConnected = true;
            log.LogInformation("Connected to the broker at {Host}, session {Kept}", broker.Address.Authority, welcome.IsSessionPresent ? "resumed" : "new");
            await Task.Delay(Timeout.Infinite, connection.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _isConnected = false;
            await connection.CancelAsync();
            await acknowledging;
            // The session stays: what we did not acknowledge, and what comes meanwhile, waits for us.
            await client.TryDisconnectAsync();
        }
    }

    private async Task SubscribeAsync(IMqttClient client, CancellationToken cancellationToken)
    {
        var shared = broker.Group is { } group ? $"$share/{group}/" : "";
        foreach (var direction in Directions)
        {
            var answer = await client.SubscribeAsync(
                new MqttTopicFilterBuilder().WithTopic($"{shared}{DeviceTopic.Prefix}+/+/{direction}").WithAtLeastOnceQoS().Build(), cancellationToken);
            if (answer.Items.Single().ResultCode != MqttClientSubscribeResultCode.GrantedQoS1)
            {
                throw new InvalidOperationException($"the subscription to …/{direction} was answered {answer.Items.Single().ResultCode}");
            }
        }
    }

    private MqttClientOptions Options()
    {
        var secure = broker.Address.Scheme == "mqtts";
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(broker.Address.Host, broker.Address.Port > 0 ? broker.Address.Port : secure ? 8883 : GatewayServices.MqttPort)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(broker.ClientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval((uint)broker.SessionExpiry.TotalSeconds)
            .WithReceiveMaximum(broker.ReceiveMaximum)
            .WithKeepAlivePeriod(KeepAlive);
        if (broker.User is { } user)
        {
            builder.WithCredentials(user, broker.Password ?? "");
        }
        if (secure)
        {
            builder.WithTlsOptions(tls =>
            {
                tls.UseTls();
                if (broker.Authorities.Count > 0)
                {
                    // An institution's own authority seldom publishes a revocation list; a chain that cannot be checked would be refused.
                    tls.WithTrustChain(broker.Authorities).WithRevocationMode(X509RevocationMode.NoCheck);
                }
                if (broker.Certificate is { } own)
                {
                    tls.WithClientCertificates([own]);
                }
            });
        }
        return builder.Build();
    }
}
