using Earmark.DeviceSim.Hardware;
using MQTTnet;

namespace Earmark.DeviceSim.Link;

/// <summary>
/// Sends frames over one connection, a few in flight at once. Success in the PUBACK: acknowledged. An error reason: refused, and not sent
/// again. No PUBACK: the connection is given up and the frame goes back to the queue with its bytes as they are.
/// </summary>
internal sealed class FrameSender(SimulatedDevice device, SendQueue queue, Outbox outbox, MqttEndpoint endpoint, LinkCounters counters)
{
    private readonly HashSet<Task> _inFlight = [];

    /// <summary>Returns when the connection is to end: it broke, the uplink was cut, or <paramref name="stop"/>.</summary>
    public async Task SendAsync(IMqttClient client, CancellationTokenSource session, CancellationToken stop)
    {
        while (!session.IsCancellationRequested)
        {
            Task changed = queue.ChangedAsync();
            if (queue.Uplink == Uplink.Cut)
            {
                break;
            }

            _inFlight.RemoveWhere(task => task.IsCompleted);
            if (_inFlight.Count < endpoint.Limits.MaxInFlight && queue.TryTake(out StoredFrame frame, out bool fromBacklog))
            {
                _inFlight.Add(SendAsync(client, frame, fromBacklog, session));
            }
            else
            {
                await changed.WaitAsync(session.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        try
        {
            if (stop.IsCancellationRequested && client.IsConnected)
            {
                await FarewellAsync(client);
            }
        }
        finally
        {
            // Closing the socket fails what is still in flight, and so gives it back to the queue.
            client.Dispose();
            await Task.WhenAll(_inFlight);
        }
    }

    /// <summary>
    /// Answers on their way are worth a moment: each saves sending a frame twice. A device switched off is as offline as one that vanished, but
    /// brokers differ in whether an orderly goodbye lets the last will speak, so it says so itself.
    /// </summary>
    private async Task FarewellAsync(IMqttClient client)
    {
        TimeSpan moment = endpoint.Limits.Farewell;
        await Task.WhenAny(Task.WhenAll(_inFlight), Task.Delay(moment, CancellationToken.None));
        await client.PublishAsync(endpoint.Status(device, online: false), CancellationToken.None).WaitAsync(moment, CancellationToken.None);
        await client.DisconnectAsync(new MqttClientDisconnectOptions(), CancellationToken.None).WaitAsync(moment, CancellationToken.None);
    }

    private async Task SendAsync(IMqttClient client, StoredFrame frame, bool fromBacklog, CancellationTokenSource session)
    {
        try
        {
            byte[] bytes = frame.ReadBytes();
            MqttClientPublishResult answer = await client.PublishAsync(endpoint.Frame(device, bytes), CancellationToken.None)
                .WaitAsync(endpoint.Limits.AnswerTimeout, CancellationToken.None);
            if (answer.ReasonCode is MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers)
            {
                await outbox.AcknowledgeAsync(frame, bytes);
                counters.CountAcknowledged();
            }
            else
            {
                await outbox.RefuseAsync(frame, bytes, $"{answer.ReasonCode} {answer.ReasonString}".TrimEnd());
                counters.CountRefused();
            }

            queue.Settled();
        }
        catch (Exception e) when (DeviceLink.IsExpected(e))
        {
            counters.CountResent();
            queue.Return(frame, fromBacklog);
            await session.CancelAsync();
        }
    }
}
