using MQTTnet.Packets;

namespace Earmark.Gateway.Mqtt;

/// <summary>
/// MQTTnet's server drops a client it has heard nothing of for 1.5 times the keep-alive, and it does not see the PUBLISH packets. So a busy
/// connection shows it a PINGREQ of our own now and then, whose answer is kept from the client.
/// </summary>
internal sealed class LifeSigns(TimeProvider time)
{
    private long _since = time.GetTimestamp();
    private int _given;

    /// <summary>A quarter of the keep-alive has gone since the last one.</summary>
    public bool IsDue(TimeSpan keepAlive) => keepAlive > TimeSpan.Zero && time.GetElapsedTime(_since) >= keepAlive / 4;

    public void Begin() => _since = time.GetTimestamp();

    public MqttPacket Give()
    {
        _since = time.GetTimestamp();
        Interlocked.Increment(ref _given);
        return MqttPingReqPacket.Instance;
    }

    /// <summary>True when an answer to one of ours is due: all PINGRESP are alike, so it need not be the very one.</summary>
    public bool TryTakeBack()
    {
        if (Interlocked.Decrement(ref _given) >= 0)
        {
            return true;
        }
        Interlocked.Increment(ref _given);
        return false;
    }
}
