using Earmark.FirmwareProtocols;
using MQTTnet.Protocol;

namespace Earmark.Gateway.Mqtt;

/// <summary>How a reason is said in MQTT 5. All of these tell the device not to send the message again; the reason itself goes as text.</summary>
internal static class ReasonCodes
{
    public static MqttPubAckReasonCode Of(string reason) => reason switch
    {
        GatewayReasons.AnotherDevice or GatewayReasons.AnotherDevicesTopic or GatewayReasons.NotAuthorizedTopic
            or GatewayReasons.UnknownKey or GatewayReasons.NoLongerRegistered or GatewayReasons.OutOfService
            or RefusalReasons.BadMac => MqttPubAckReasonCode.NotAuthorized,
        RefusalReasons.Truncated or RefusalReasons.Oversize => MqttPubAckReasonCode.PayloadFormatInvalid,
        _ when reason.StartsWith("bad-", StringComparison.Ordinal) || reason.StartsWith("unknown-", StringComparison.Ordinal) =>
            MqttPubAckReasonCode.PayloadFormatInvalid,
        _ => MqttPubAckReasonCode.ImplementationSpecificError,
    };
}
