using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Encoding;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace Earmark.SystemTests.Running;

/// <summary>A device made by hand: it speaks MQTT with its own credentials and sends just the frames a test wants.</summary>
internal sealed class Device(DeviceCredentials credentials, int mqttPort) : IAsyncDisposable
{
    private readonly IMqttClient client = new MqttClientFactory().CreateMqttClient();

    /// <summary>Above the boot of the opening count.</summary>
    public uint Boot { get; set; } = 1_000;

    public uint Sequence { get; set; }

    public bool IsConnected => client.IsConnected;

    /// <summary>Answers whether the device was let in, and if not why.</summary>
    public async Task<MqttClientConnectResult> ConnectAsync(MqttProtocolVersion version = MqttProtocolVersion.V500)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", mqttPort)
            .WithProtocolVersion(version)
            .WithClientId(credentials.DeviceId)
            .WithCredentials(credentials.UserName, credentials.Password)
            .Build();
        return await client.ConnectAsync(options);
    }

    /// <summary>Encodes the fields as the next frame, publishes it with QoS 1 and answers the acknowledgement.</summary>
    public Task<MqttClientPublishResult> SendAsync(DateTimeOffset at, string message, string fieldsJson) =>
        SendBytesAsync(Next(at, message, fieldsJson));

    /// <summary>The next frame, not sent.</summary>
    public byte[] Next(DateTimeOffset at, string message, string fieldsJson)
    {
        Sequence++;
        return Encode(at, message, fieldsJson);
    }

    public byte[] Encode(DateTimeOffset at, string message, string fieldsJson)
    {
        var inner = fieldsJson.TrimStart()[1..];
        var line = $$"""{"ok":true,"protocol":"native","message":"{{message}}","fields":{"deviceId":"{{credentials.DeviceId}}","boot":{{Boot}},"sequence":{{Sequence}},"time":"{{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}}",{{inner}}}""";
        return NativeEncoder.TryEncode(line, Convert.FromHexString(credentials.FrameKeyHex), (byte)credentials.KeyId, out var frame, out var reason)
            ? frame
            : throw new InvalidOperationException(reason);
    }

    public Task<MqttClientPublishResult> SendBytesAsync(byte[] frame, string? topic = null) =>
        client.PublishAsync(new MqttApplicationMessageBuilder()
            .WithTopic(topic ?? $"earmark/v1/{credentials.Kind}/{credentials.DeviceId}/up")
            .WithPayload(frame)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build());

    public async ValueTask DisposeAsync()
    {
        if (client.IsConnected)
        {
            await client.DisconnectAsync();
        }

        client.Dispose();
    }
}
