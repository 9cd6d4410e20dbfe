using System.Text;
using Earmark.Contracts.Devices;
using Earmark.Gateway.Refusals;
using Earmark.Gateway.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Earmark.Gateway.Mqtt;

/// <summary>Each TCP connection of the MQTT port, from Kestrel to MQTTnet's server and back to its end.</summary>
internal sealed class MqttDoor(
    LiveClients clients, Publishes publishes, ConnectionNews news, RefusalLog refusals, GatewayOptions options, GatewayMeters meters)
    : ConnectionHandler, IMqttServerAdapter
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DoorParts _parts = new(publishes, refusals, options, meters);
    private MqttServerOptions? _serverOptions;
    private int _open;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        meters.Connections(1);
        try
        {
            if (Interlocked.Increment(ref _open) > options.Limits.Connections)
            {
                refusals.Add(null, GatewayReasons.ConnectionLimit, 0, []);
                return;
            }
            await _started.Task.WaitAsync(options.Limits.ConnectTimeout, options.Time, connection.ConnectionClosed);
            await ServeAsync(connection);
        }
        catch (Exception end) when (end is TimeoutException or OperationCanceledException)
        {
            // The server did not start in time, or the peer went before it did: there is nothing to answer.
            connection.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            meters.Connections(-1);
        }
    }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _serverOptions = options;
        _started.TrySetResult();
        return Task.CompletedTask;
    }

    public Task StopAsync() => Task.CompletedTask;

    public void Dispose()
    {
    }

    public Task SubscriptionAsync(InterceptingSubscriptionEventArgs subscription) =>
        TopicRules.InterceptAsync(subscription, (connection, reason, filter) =>
        {
            refusals.Add(connection?.Session?.Device.Id, reason, 0, Encoding.UTF8.GetBytes(filter));
            connection?.CountRefusal();
        });

    private async Task ServeAsync(ConnectionContext connection)
    {
        if (ClientHandler is not { } serve)
        {
            return;
        }
        MqttBufferWriter writer = new(_serverOptions!.WriterBufferSize, _serverOptions.WriterBufferSizeMax);
        using DeviceConnection device = new(connection, writer, _parts);
        var lifetime = connection.Features.Get<IConnectionLifetimeNotificationFeature>();
        await using var stopping = lifetime?.ConnectionClosedRequested.Register(device.LeaveForStop) ?? default;
        try
        {
            await serve(device);
        }
        finally
        {
            End(device);
        }
    }

    private void End(DeviceConnection device)
    {
        if (device is { Session: { } session, ReservedClientId: { } clientId })
        {
            var wasLast = clients.Release(clientId, session.Device.Id, device);
            if (wasLast && !device.IsLeftByUs)
            {
                news.Tell(session, ConnectionState.Silent, device.EndedBecause ?? (device.LeftByItself ? "disconnected" : "connection lost"));
            }
        }
        device.End();
    }
}
