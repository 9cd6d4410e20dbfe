using Earmark.DeviceSim.Hardware;
using Earmark.FirmwareProtocols.Topics;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Earmark.DeviceSim.Link;

/// <summary>Where the broker is, and every packet a device sends there.</summary>
public sealed class MqttEndpoint(string host, int port, LinkLimits limits)
{
    public LinkLimits Limits { get; } = limits;

    public MqttClientOptions OptionsFor(SimulatedDevice device) => new MqttClientOptionsBuilder()
        .WithTcpServer(host, port)
        .WithProtocolVersion(MqttProtocolVersion.V500)
        .WithClientId(device.DeviceId)
        .WithCredentials(device.UserName, device.Password)
        .WithCleanStart()
        .WithKeepAlivePeriod(Limits.KeepAlive)
        .WithTimeout(Limits.AnswerTimeout)
        .WithWillTopic(DeviceTopic.Status(device.Kind, device.Name))
        .WithWillPayload(StatusMessage.Offline.ToArray())
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithWillRetain()
        .Build();

    public MqttApplicationMessage Status(SimulatedDevice device, bool online) => new MqttApplicationMessageBuilder()
        .WithTopic(DeviceTopic.Status(device.Kind, device.Name))
        .WithPayload((online ? StatusMessage.Online : StatusMessage.Offline).ToArray())
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag()
        .Build();

    public MqttApplicationMessage Frame(SimulatedDevice device, byte[] bytes) => new MqttApplicationMessageBuilder()
        .WithTopic(DeviceTopic.Up(device.Kind, device.Name))
        .WithPayload(bytes)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .Build();
}
