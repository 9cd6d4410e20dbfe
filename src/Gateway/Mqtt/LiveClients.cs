using MQTTnet.Protocol;

namespace Earmark.Gateway.Mqtt;

/// <summary>
/// Which device holds which client id. An id is free, or belongs to the same device, whose earlier connection then ends first: only after
/// its end is the newcomer let in, so that no acknowledgement of the old connection can be taken for one of the new.
/// </summary>
internal sealed class LiveClients(GatewayOptions options)
{
    private const int TakeOverAttempts = 3;

    private readonly Lock _turn = new();
    private readonly Dictionary<string, (string Device, DeviceConnection Connection)> _byClient = [];
    private readonly Dictionary<string, List<DeviceConnection>> _byDevice = [];

    public enum Answer
    {
        Granted,
        HeldByAnotherDevice,
        Busy,
    }

    public async Task<Answer> ReserveAsync(string clientId, string device, DeviceConnection connection)
    {
        for (var attempt = 0; attempt < TakeOverAttempts; attempt++)
        {
            if (TryReserve(clientId, device, connection, out var holder))
            {
                return Answer.Granted;
            }
            if (holder.Device != device)
            {
                return Answer.HeldByAnotherDevice;
            }
            holder.Connection.Leave(MqttDisconnectReasonCode.SessionTakenOver, "taken over");
            try
            {
                await holder.Connection.Ended.WaitAsync(options.Limits.TakeOverWait, options.Time);
            }
            catch (TimeoutException)
            {
                return Answer.Busy;
            }
        }
        return Answer.Busy;
    }

    /// <summary>Gives the id back; true when the device has no other connection.</summary>
    public bool Release(string clientId, string device, DeviceConnection connection)
    {
        lock (_turn)
        {
            if (_byClient.TryGetValue(clientId, out var holder) && holder.Connection == connection)
            {
                _byClient.Remove(clientId);
            }
            if (_byDevice.TryGetValue(device, out var connections))
            {
                connections.Remove(connection);
                if (connections.Count > 0)
                {
                    return false;
                }
                _byDevice.Remove(device);
            }
            return true;
        }
    }

    private bool TryReserve(string clientId, string device, DeviceConnection connection, out (string Device, DeviceConnection Connection) holder)
    {
        DeviceConnection? oldest = null;
        lock (_turn)
        {
            if (_byClient.TryGetValue(clientId, out holder))
            {
                return false;
            }
            _byClient[clientId] = (device, connection);
            if (!_byDevice.TryGetValue(device, out var connections))
            {
                _byDevice[device] = connections = [];
            }
            connections.Add(connection);
            oldest = connections.Count > options.Limits.ConnectionsPerDevice ? connections[0] : null;
        }
        oldest?.Leave(MqttDisconnectReasonCode.QuotaExceeded, "too many connections of one device");
        return true;
    }
}
