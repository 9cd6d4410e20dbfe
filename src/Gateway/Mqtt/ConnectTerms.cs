using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace Earmark.Gateway.Mqtt;

/// <summary>What is agreed at CONNECT: a client id for who has none, a keep-alive that ends, and the limits an MQTT 5 client is told.</summary>
internal static class ConnectTerms
{
    /// <summary>MQTT 3.1.1 cannot be told the keep-alive it gets; it may be disconnected when inactive all the same (3.1.1, 3.1.2.10).</summary>
    public static void Adopt(MqttConnectPacket connect, MqttProtocolVersion version, GatewayLimits limits)
    {
        var longest = (ushort)limits.LongestKeepAlive.TotalSeconds;
        if (connect.KeepAlivePeriod == 0 || connect.KeepAlivePeriod > longest)
        {
            connect.KeepAlivePeriod = longest;
        }
        // An empty id with a kept session has no meaning in 3.1.1: MQTTnet refuses it (3.1.1, MQTT-3.1.3-8).
        if (string.IsNullOrEmpty(connect.ClientId) && version != MqttProtocolVersion.V500 && connect.CleanSession)
        {
            connect.ClientId = NewClientId();
        }
    }

    public static void State(MqttConnAckPacket welcome, MqttConnectPacket connect, GatewayLimits limits)
    {
        if (welcome.ReasonCode != MqttConnectReasonCode.Success)
        {
            welcome.AssignedClientIdentifier = null;
            return;
        }
        welcome.ServerKeepAlive = connect.KeepAlivePeriod;
        welcome.ReceiveMaximum = (ushort)Math.Min(limits.FramesPerConnection, ushort.MaxValue);
        welcome.TopicAliasMaximum = (ushort)limits.TopicAliases;
        // Not PacketBytes: what lies between is refused with its reason, where a client that knew the limit would drop it silently.
        welcome.MaximumPacketSize = (uint)limits.DiscardedBytes;
        welcome.RetainAvailable = false;
        welcome.WildcardSubscriptionAvailable = false;
        welcome.SubscriptionIdentifiersAvailable = false;
        welcome.SharedSubscriptionAvailable = false;
    }

    public static string NewClientId() => $"auto-{Guid.NewGuid():N}";
}
