using System.Buffers;
using System.Runtime.InteropServices;
using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.Topics;
using Earmark.Gateway.Directory;
using Earmark.Gateway.Intake;
using Earmark.Gateway.Refusals;
using Earmark.Gateway.Sessions;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Earmark.Gateway.Mqtt;

/// <summary>
/// Takes each PUBLISH: a frame goes on to its site, a status to the device's grain, anything else is refused; nothing is ever passed on to
/// subscribers or retained. Does not wait for receipts, but for room where there is none.
/// </summary>
internal sealed class Publishes(FrameIntake intake, DeviceDirectory directory, ConnectionNews news, RefusalLog refusals, GatewayMeters meters)
{
    public ValueTask TakeAsync(DeviceConnection connection, DeviceSession session, MqttPublishPacket publish)
    {
        PublishArrival arrival = new(connection, session, publish, Bytes(publish.Payload));
        connection.Line.Enter(arrival);
        if (directory.Recall(session.Device.Id) is not { } device || !IsWelcome(device, session))
        {
            return TakeAfterAskingAsync(connection, session, publish.Topic, arrival);
        }
        var taking = Take(connection, session, publish.Topic, arrival);
        return taking.IsCompletedSuccessfully ? default : UntilRoomAsync(taking, connection);
    }

    /// <summary>Only a last will comes this way, from MQTTnet itself: the device's own status or nothing.</summary>
    public Task LastWillAsync(InterceptingPublishEventArgs will)
    {
        will.ProcessPublish = false;
        if (will.SessionItems[typeof(DeviceConnection)] is not DeviceConnection { Session: { } session })
        {
            return Task.CompletedTask;
        }
        var direction = TopicRules.Read(session.Device, will.ApplicationMessage.Topic, out var reason);
        var payload = Bytes(will.ApplicationMessage.Payload);
        var refused = direction == TopicDirection.Status ? news.TellStatus(session, payload) : direction is null ? reason : GatewayReasons.NotAuthorizedTopic;
        if (refused is not null)
        {
            refusals.Add(session.Device.Id, refused, 0, payload);
        }
        return Task.CompletedTask;
    }

    // Removed and re-keyed devices are noticed here, one question to the register each half minute at most.
    private async ValueTask TakeAfterAskingAsync(
        DeviceConnection connection, DeviceSession session, string topic, PublishArrival arrival)
    {
        var (device, isAway) = await directory.FindAsync(session.Device.Id);
        if (isAway || IsWelcome(device, session))
        {
            await UntilRoomAsync(Take(connection, session, topic, arrival), connection);
            return;
        }
        // Not acknowledged: should it be registered again, what it holds is not lost.
        refusals.Add(session.Device.Id, GatewayReasons.NoLongerRegistered, 0, arrival.Bytes);
        connection.Leave(MqttDisconnectReasonCode.NotAuthorized, GatewayReasons.NoLongerRegistered);
    }

    private static bool IsWelcome(KnownDevice? device, DeviceSession session)
    {
        if (device is not { Credentials.InService: true } || device.Kind != session.Device.Kind)
        {
            return false;
        }
        session.Device = device;
        return true;
    }

    // The connection's end is noticed where it is read next.
    private static async ValueTask UntilRoomAsync(ValueTask taking, DeviceConnection connection)
    {
        try
        {
            await taking;
        }
        catch (OperationCanceledException) when (connection.Lifetime.IsCancellationRequested)
        {
            return;
        }
    }

    private ValueTask Take(DeviceConnection connection, DeviceSession session, string topic, PublishArrival arrival)
    {
        var direction = topic == session.Device.UpTopic ? TopicDirection.Up : TopicRules.Read(session.Device, topic, out _);
        if (direction == TopicDirection.Up)
        {
            if (arrival.IsUnguarded)
            {
                meters.Unguarded();
            }
            var taking = intake.TakeAsync(arrival, connection.Lifetime);
            if (arrival.IsAnswered)
            {
                arrival.Tell();
            }
            return taking;
        }
        string? refused;
        if (direction == TopicDirection.Status)
        {
            refused = news.TellStatus(session, arrival.Bytes);
        }
        else
        {
            TopicRules.Read(session.Device, topic, out refused);
        }
        if (refused is not null)
        {
            Refuse(arrival, refused);
            return default;
        }
        arrival.TryAnswer(new FrameReceipt(FrameOutcome.Recorded, null, 0));
        arrival.Tell();
        return default;
    }

    // MQTT 3.1.1 has no way to say no: the message is acknowledged, so that the device does not send it for ever.
    private void Refuse(PublishArrival arrival, string reason)
    {
        refusals.Add(arrival.Session.Device.Id, reason, 0, arrival.Bytes);
        arrival.TryAnswer(new FrameReceipt(FrameOutcome.Refused, reason, 0));
        arrival.Tell();
    }

    // MQTTnet makes an array of its own for each payload; when it is exactly that, it is ours to keep.
    private static byte[] Bytes(ReadOnlySequence<byte> payload) =>
        payload.IsSingleSegment && MemoryMarshal.TryGetArray(payload.First, out var segment)
            && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length
            ? array
            : payload.ToArray();
}
