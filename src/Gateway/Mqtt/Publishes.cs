using System.Buffers;
using System.Runtime.InteropServices;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.Topics;
using Earmark.Gateway.Directory;
using Earmark.Gateway.Intake;
using Earmark.Gateway.Refusals;
using Earmark.Gateway.Sessions;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Earmark.Gateway.Mqtt;

/// <summary>
/// Takes each PUBLISH before it is acknowledged; nothing is ever passed on to subscribers or retained. MQTTnet acknowledges when this
/// returns, or closes the connection without an acknowledgement when told to.
/// </summary>
internal sealed class Publishes(
    FrameIntake intake, DeviceDirectory directory, ConnectionNews news, RefusalLog refusals, GatewayOptions options, GatewayMeters meters)
{
    public async Task InterceptAsync(InterceptingPublishEventArgs publish)
    {
        publish.ProcessPublish = false;
        if (publish.SessionItems[typeof(DeviceConnection)] is not DeviceConnection { Session: { } session } connection)
        {
            publish.CloseConnection = true;
            return;
        }
        if (!await IsStillWelcomeAsync(session))
        {
            Refuse(publish, connection, GatewayReasons.NoLongerRegistered);
            publish.CloseConnection = true;
            return;
        }
        switch (TopicRules.Read(session.Device, publish.ApplicationMessage.Topic, out var reason))
        {
            case TopicDirection.Up:
                await TakeFrameAsync(publish, connection, session);
                break;
            case TopicDirection.Status:
                TakeStatus(publish, connection, session);
                break;
            default:
                Refuse(publish, connection, reason);
                break;
        }
        // A connection that was told to leave must not be told of a frame after its client id went to another.
        publish.CloseConnection |= connection.Lifetime.IsCancellationRequested;
    }

    // Removed and re-keyed devices are noticed here, one question to the register each half minute at most.
    private async ValueTask<bool> IsStillWelcomeAsync(DeviceSession session)
    {
        var (device, isAway) = await directory.FindAsync(session.Device.Id);
        if (isAway)
        {
            return true;
        }
        if (device is null || !device.Credentials.InService || device.Kind != session.Device.Kind)
        {
            return false;
        }
        session.Device = device;
        return true;
    }

    private async Task TakeFrameAsync(InterceptingPublishEventArgs publish, DeviceConnection connection, DeviceSession session)
    {
        var guarded = publish.ApplicationMessage.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
        if (!guarded)
        {
            meters.Unguarded();
        }
        var receipt = await intake.SubmitAsync(session, Bytes(publish.ApplicationMessage.Payload), connection.Lifetime);
        switch (receipt.Outcome)
        {
            case FrameOutcome.Refused:
                Answer(publish, connection, receipt.Reason!);
                break;
            case FrameOutcome.NotRecorded:
                publish.CloseConnection |= guarded;
                break;
        }
    }

    private void TakeStatus(InterceptingPublishEventArgs publish, DeviceConnection connection, DeviceSession session)
    {
        var payload = Bytes(publish.ApplicationMessage.Payload);
        if (!StatusMessage.TryRead(payload, out var online, out var refusal))
        {
            Refuse(publish, connection, refusal.Reason);
            return;
        }
        news.Tell(session, online ? ConnectionState.Online : ConnectionState.Silent, online ? "says online" : "says offline, or its last will does");
    }

    private void Refuse(InterceptingPublishEventArgs publish, DeviceConnection connection, string reason)
    {
        refusals.Add(connection.Session?.Device.Id, reason, 0, Bytes(publish.ApplicationMessage.Payload));
        Answer(publish, connection, reason);
    }

    // MQTT 3.1.1 has no way to say no: the message is acknowledged, so that the device does not send it for ever.
    private void Answer(InterceptingPublishEventArgs publish, DeviceConnection connection, string reason)
    {
        publish.Response.ReasonCode = ReasonCodes.Of(reason);
        publish.Response.ReasonString = reason;
        if (connection.Abuse.Add(options.Time, options.Limits.RefusalsPerMinute))
        {
            refusals.Add(connection.Session?.Device.Id, GatewayReasons.RepeatedAbuse, 0, []);
            connection.LeaveAfterAnswering(MqttDisconnectReasonCode.QuotaExceeded, GatewayReasons.RepeatedAbuse);
        }
    }

    // MQTTnet makes an array of its own for each payload; when it is exactly that, it is ours to keep.
    private static byte[] Bytes(ReadOnlySequence<byte> payload) =>
        payload.IsSingleSegment && MemoryMarshal.TryGetArray(payload.First, out var segment)
            && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length
            ? array
            : payload.ToArray();
}
