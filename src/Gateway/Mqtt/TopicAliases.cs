using MQTTnet.Packets;

namespace Earmark.Gateway.Mqtt;

/// <summary>The topic aliases of one MQTT 5 connection (3.3.2.3.4), at most as many as CONNACK told.</summary>
internal sealed class TopicAliases(int maximum)
{
    private readonly string?[] _topics = new string?[maximum + 1];

    /// <exception cref="TopicAliasException">Above the limit, or without a topic and never given one.</exception>
    public void Resolve(MqttPublishPacket publish)
    {
        if (publish.TopicAlias == 0)
        {
            return;
        }
        if (publish.TopicAlias > maximum)
        {
            throw new TopicAliasException();
        }
        if (string.IsNullOrEmpty(publish.Topic))
        {
            publish.Topic = _topics[publish.TopicAlias] ?? throw new TopicAliasException();
        }
        else
        {
            _topics[publish.TopicAlias] = publish.Topic;
        }
    }
}
