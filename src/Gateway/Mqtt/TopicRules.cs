using Earmark.FirmwareProtocols.Topics;
using Earmark.Gateway.Directory;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace Earmark.Gateway.Mqtt;

/// <summary>A device publishes on its own <c>up</c> and <c>status</c>, and subscribes to its own <c>down</c>; nothing else.</summary>
internal static class TopicRules
{
    /// <summary>Up or Status when the device may publish there; else null and why not.</summary>
    public static TopicDirection? Read(KnownDevice device, string topic, out string reason)
    {
        reason = GatewayReasons.NotAuthorizedTopic;
        if (!DeviceTopic.TryParse(topic, out var kind, out var name, out var direction))
        {
            return null;
        }
        if (name != device.Name || kind != device.Kind)
        {
            reason = GatewayReasons.AnotherDevicesTopic;
            return null;
        }
        return direction == TopicDirection.Down ? null : direction;
    }

    public static bool MaySubscribe(KnownDevice device, string filter) =>
        filter == DeviceTopic.Down(device.Kind, device.Name);

    public static Task InterceptAsync(InterceptingSubscriptionEventArgs subscription, Action<DeviceConnection?, string, string> refused)
    {
        var connection = subscription.SessionItems[typeof(DeviceConnection)] as DeviceConnection;
        if (connection?.Session is not { } session || !MaySubscribe(session.Device, subscription.TopicFilter.Topic))
        {
            subscription.ProcessSubscription = false;
            subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            subscription.ReasonString = GatewayReasons.NotAuthorizedTopic;
            refused(connection, GatewayReasons.NotAuthorizedTopic, subscription.TopicFilter.Topic);
        }
        return Task.CompletedTask;
    }
}
