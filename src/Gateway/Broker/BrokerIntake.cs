using System.Buffers;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Topics;
using Earmark.Gateway.Directory;
using Earmark.Gateway.Intake;
using Earmark.Gateway.Mqtt;
using Earmark.Gateway.Outbox;
using Earmark.Gateway.Refusals;
using Earmark.Gateway.Sessions;
using MQTTnet;
using MQTTnet.Protocol;

namespace Earmark.Gateway.Broker;

/// <summary>
/// What the outside broker passes on: who sent it is said by the topic, which the broker's ACL guards, and proved by the frame's own MAC.
/// Never waits for a site: what a site does not take in time goes to the outbox.
/// </summary>
internal sealed class BrokerIntake(
    FrameIntake intake, DeviceDirectory directory, ConnectionNews news, RefusalLog refusals, SyncedOutbox outbox,
    DomainClock clock, BrokerOptions broker, GatewayOptions options, GatewayMeters meters)
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(500);

    private readonly BoundedMemory<string, DeviceSession> _sessions = new(options.Limits.KnownDevices);

    public async Task TakeAsync(MqttApplicationMessageReceivedEventArgs received, BrokerLine line, CancellationToken cancellationToken)
    {
        received.AutoAcknowledge = false;
        var isGuarded = received.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
        if (!isGuarded)
        {
            meters.Unguarded();
        }
        var message = isGuarded ? line.Enter(received) : null;
        var (topic, payload) = (received.ApplicationMessage.Topic, received.ApplicationMessage.Payload.ToArray());
        if (!DeviceTopic.TryParse(topic, out _, out var name, out var direction) || direction == TopicDirection.Down)
        {
            Refuse(null, GatewayReasons.NotAuthorizedTopic, payload, message);
            return;
        }
        if (await FindAsync(name.ToString(), cancellationToken) is not { } session)
        {
            Refuse(null, GatewayReasons.UnknownDevice, payload, message);
            return;
        }
        if (TopicRules.Read(session.Device, topic, out var reason) is null)
        {
            Refuse(session.Device.Id, reason, payload, message);
        }
        else if (direction == TopicDirection.Up)
        {
            await TakeAsync(session, payload, message, cancellationToken);
        }
        else if (news.TellStatus(session, payload) is { } refused)
        {
            Refuse(session.Device.Id, refused, payload, message);
        }
        else
        {
            message?.IsSafe();
        }
    }

    /// <summary>Null for a name that no device in service has. Waits while the register does not answer: the broker keeps what follows.</summary>
    public async ValueTask<DeviceSession?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var (device, isAway) = await directory.FindAsync(name);
        for (; isAway; (device, isAway) = await directory.FindAsync(name))
        {
            await Task.Delay(AskAgain, options.Time, cancellationToken);
        }
        if (device is not { Credentials.InService: true })
        {
            return null;
        }
        if (!_sessions.TryGet(name, out var session))
        {
            session = new DeviceSession(device, null, broker.OutboxAfter);
            _sessions.Put(name, session);
            news.Tell(session, ConnectionState.Online, "heard through the broker");
        }
        session.Device = device;
        return session;
    }

    private async ValueTask TakeAsync(DeviceSession session, byte[] bytes, BrokerLine.Message? message, CancellationToken cancellationToken)
    {
        var receivedAt = clock.GetUtcNow();
        BrokerArrival arrival = new(session, bytes, (taken, outcome) =>
        {
            if (outcome == FrameOutcome.NotRecorded)
            {
                Keep(new OutboxFrame(session.Device.Id, receivedAt, taken.Bytes), message);
            }
            else
            {
                message?.IsSafe();
            }
        }) { ReceivedAt = receivedAt };
        await intake.TakeAsync(arrival, cancellationToken);
    }

    private void Keep(OutboxFrame frame, BrokerLine.Message? message)
    {
        if (!outbox.TryAdd(frame, safe => Kept(safe, frame, message)))
        {
            Kept(false, frame, message);
        }
    }

    private void Kept(bool safe, OutboxFrame frame, BrokerLine.Message? message)
    {
        if (safe)
        {
            meters.Outboxed();
            message?.IsSafe();
        }
        else if (message is not null)
        {
            // Unacknowledged, so the broker has it too; tried again until there is room.
            _ = KeepLaterAsync(frame, message);
        }
    }

    private async Task KeepLaterAsync(OutboxFrame frame, BrokerLine.Message message)
    {
        meters.Paused(GatewayMeters.PausedByOutbox);
        await Task.Delay(broker.DrainPause, options.Time);
        if (!message.IsOver)
        {
            Keep(frame, message);
        }
    }

    // Acknowledged, as a bad frame is of a 3.1.1 client: the broker would send it for ever.
    private void Refuse(string? deviceId, string reason, byte[] payload, BrokerLine.Message? message)
    {
        refusals.Add(deviceId, reason, 0, payload);
        message?.IsSafe();
    }
}
