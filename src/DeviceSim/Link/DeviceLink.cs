using System.Net.Sockets;
using Earmark.DeviceSim.Hardware;
using MQTTnet;
using MQTTnet.Exceptions;

namespace Earmark.DeviceSim.Link;

/// <summary>
/// One device's MQTT connection, kept up for as long as its uplink is: connect, say <c>online</c>, send what the queue gives, start again
/// after any failure with growing waits. Runs on real time; the simulated clock only decides what is in the queue.
/// </summary>
public sealed class DeviceLink(SimulatedDevice device, SendQueue queue, Outbox outbox, MqttEndpoint endpoint, BackOff backOff, LinkCounters counters)
{
    private readonly MqttClientFactory _clients = new();
    private volatile bool _online;
    private volatile string? _lastProblem;

    public SimulatedDevice Device { get; } = device;

    public SendQueue Queue { get; } = queue;

    public bool IsOnline => _online;

    /// <summary>Why the last connection failed or ended; null before any did.</summary>
    public string? LastProblem => _lastProblem;

    /// <summary>Ends when <paramref name="stop"/> is cancelled; what is unsettled then stays in the outbox.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Task changed = Queue.ChangedAsync();
            if (Queue.Uplink == Uplink.Cut)
            {
                await Quietly(changed.WaitAsync(stop));
                continue;
            }

            try
            {
                await ConnectAndSendAsync(stop);
            }
            catch (Exception e) when (IsExpected(e))
            {
                _lastProblem = e.Message;
            }

            if (Queue.Uplink != Uplink.Cut)
            {
                await Quietly(Task.Delay(backOff.Next(), stop));
            }
        }
    }

    private async Task ConnectAndSendAsync(CancellationToken stop)
    {
        using IMqttClient client = _clients.CreateMqttClient();
        using var session = CancellationTokenSource.CreateLinkedTokenSource(stop);
        client.DisconnectedAsync += args =>
        {
            _lastProblem = _online ? args.ReasonString ?? args.Reason.ToString() : _lastProblem;
            return End(session);
        };
        MqttClientConnectResult answer = await client.ConnectAsync(endpoint.OptionsFor(Device), stop)
            .WaitAsync(endpoint.Limits.AnswerTimeout, stop);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            _lastProblem = $"connect refused: {answer.ResultCode}";
            return;
        }

        await client.PublishAsync(endpoint.Status(Device, online: true), stop).WaitAsync(endpoint.Limits.AnswerTimeout, stop);
        backOff.Reset();
        _online = true;
        counters.CountOnline();
        try
        {
            var sender = new FrameSender(Device, Queue, outbox, endpoint, counters);
            await sender.SendAsync(client, session, stop);
        }
        finally
        {
            _online = false;
            counters.CountOffline();
        }
    }

    private static async Task End(CancellationTokenSource session)
    {
        try
        {
            await session.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The client reports the end of a session that is already over.
            return;
        }
    }

    internal static bool IsExpected(Exception e) =>
        e is MqttCommunicationException or MqttConfigurationException or MqttProtocolViolationException or MqttClientNotConnectedException
            or SocketException or IOException or OperationCanceledException or TimeoutException or InvalidOperationException or ObjectDisposedException;

    /// <summary>Waits; being stopped meanwhile is not an error.</summary>
    private static async Task Quietly(Task wait) => await wait.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
