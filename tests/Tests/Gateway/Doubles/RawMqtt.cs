using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Earmark.Tests.Gateway.Doubles;

/// <summary>MQTT by hand on a socket, so that what is and what is not sent can be seen. Level 4 is 3.1.1, level 5 is 5.0.</summary>
internal sealed class RawMqtt : IDisposable
{
    public const byte ConnAck = 2, PubAck = 4, SubAck = 9, PingResp = 13, Disconnect = 14;

    private readonly TcpClient _tcp = new();
    private readonly byte _level;

    private RawMqtt(byte level) => _level = level;

    /// <summary>How long the answer to a packet may take.</summary>
    public TimeSpan Patience { get; set; } = Eventually.Patience;

    public static async Task<RawMqtt> OpenAsync(TestGateway gateway, byte level = 4)
    {
        RawMqtt client = new(level);
        client._tcp.NoDelay = true;
        await client._tcp.ConnectAsync("127.0.0.1", gateway.Port, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Connects and expects to be let in.</summary>
    public static async Task<RawMqtt> LoginAsync(TestGateway gateway, TestDevice device, byte level = 4, string? clientId = null, ushort keepAlive = 60)
    {
        var client = await OpenAsync(gateway, level);
        Assert.Equal(0, await client.ConnectAsync(device.Id, TestDevice.Password, clientId ?? device.Id, keepAlive));
        return client;
    }

    /// <summary>Sends CONNECT and gives the return or reason code.</summary>
    public async Task<byte> ConnectAsync(
        string user, string password, string clientId, ushort keepAlive = 60, (string Topic, string Text)? will = null, bool clean = true)
    {
        var flags = (byte)(0xC0 | (clean ? 0x02 : 0) | (will is null ? 0 : 0x04));
        byte[] properties = _level == 5 ? [0] : [];
        byte[] testament = will is { } w ? [.. properties, .. Text(w.Topic), .. Text(w.Text)] : [];
        await SendAsync(Packet(0x10, [
            .. Text("MQTT"), _level, flags, (byte)(keepAlive >> 8), (byte)keepAlive, .. properties,
            .. Text(clientId), .. testament, .. Text(user), .. Text(password)]));
        var (type, body) = await ReceiveAsync() ?? throw new InvalidOperationException("closed instead of a CONNACK");
        Assert.Equal(ConnAck, type);
        return body[1];
    }

    public Task PublishAsync(string topic, byte[] payload, ushort packetId = 1, int qos = 1)
    {
        byte[] id = qos > 0 ? [(byte)(packetId >> 8), (byte)packetId] : [];
        byte[] properties = _level == 5 ? [0] : [];
        return SendAsync(Packet((byte)(0x30 | (qos << 1)), [.. Text(topic), .. id, .. properties, .. payload]));
    }

    /// <summary>The packet id and, from MQTT 5, the reason code of the next packet, which must be a PUBACK.</summary>
    public async Task<(ushort PacketId, byte Code)> PubAckAsync()
    {
        var (type, body) = await ReceiveAsync() ?? throw new InvalidOperationException("closed instead of a PUBACK");
        Assert.Equal(PubAck, type);
        return (BinaryPrimitives.ReadUInt16BigEndian(body), body.Length > 2 ? body[2] : (byte)0);
    }

    public async Task<byte> SubscribeAsync(string filter)
    {
        byte[] properties = _level == 5 ? [0] : [];
        await SendAsync(Packet(0x82, [0, 7, .. properties, .. Text(filter), 1]));
        var (type, body) = await ReceiveAsync() ?? throw new InvalidOperationException("closed instead of a SUBACK");
        Assert.Equal(SubAck, type);
        return body[^1];
    }

    public async Task PingAsync()
    {
        await SendAsync([0xC0, 0]);
        Assert.Equal(PingResp, (await ReceiveAsync())?.Type);
    }

    public Task SendAsync(byte[] bytes) => _tcp.GetStream().WriteAsync(bytes, TestContext.Current.CancellationToken).AsTask();

    /// <summary>The next packet; null when the server closed the connection.</summary>
    public async Task<(byte Type, byte[] Body)?> ReceiveAsync()
    {
        try
        {
            var header = await ReadAsync(2);
            int length = header[1] & 0x7F;
            for (var shift = 7; (header[1] & 0x80) != 0; shift += 7)
            {
                header = [header[0], (await ReadAsync(1))[0]];
                length |= (header[1] & 0x7F) << shift;
            }
            return ((byte)(header[0] >> 4), await ReadAsync(length));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Whether nothing at all comes within a while, with the connection still open.</summary>
    public async Task<bool> IsQuietAsync(int milliseconds = 150)
    {
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken);
        return !_tcp.Client.Poll(0, SelectMode.SelectRead);
    }

    public void Dispose() => _tcp.Dispose();

    public static byte[] Packet(byte header, byte[] body)
    {
        List<byte> packet = [header];
        for (var left = body.Length; ;)
        {
            packet.Add((byte)((left & 0x7F) | (left > 0x7F ? 0x80 : 0)));
            left >>= 7;
            if (left == 0)
            {
                return [.. packet, .. body];
            }
        }
    }

    public static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        await _tcp.GetStream().ReadExactlyAsync(bytes, patience.Token);
        return bytes;
    }
}
