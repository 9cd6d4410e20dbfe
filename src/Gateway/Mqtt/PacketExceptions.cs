namespace Earmark.Gateway.Mqtt;

/// <summary>The first byte of a connection does not begin a CONNECT packet: something that does not speak MQTT.</summary>
internal sealed class NotMqttException : Exception;

/// <summary>A packet longer than any we take, and none that could be refused and acknowledged.</summary>
internal sealed class OversizePacketException : Exception;

/// <summary>A topic alias above the limit told in CONNACK.</summary>
internal sealed class TopicAliasException : Exception;
