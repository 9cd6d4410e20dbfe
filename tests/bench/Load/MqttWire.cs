using System.Buffers.Binary;
using System.Text;

namespace Earmark.Bench.Load;

/// <summary>The three packets a device needs, as MQTT 5 lays them out. Written by hand so that the generator costs little.</summary>
internal static class MqttWire
{
    public const byte ConnectAcknowledged = 0x20;
    public const byte PublishAcknowledged = 0x40;
    private const byte Connect = 0x10;
    private const byte PublishAtLeastOnce = 0x32;
    private const byte CleanStartWithUserAndPassword = 0xC2;
    private const int KeepAliveSeconds = 600;
    private const int ReasonOfConnect = 1;
    private const int ReasonOfPublish = 2;
    private const int FirstFailure = 0x80;

    public static byte[] ConnectPacket(string device, string password)
    {
        byte[] body =
        [
            .. Text("MQTT"), 5, CleanStartWithUserAndPassword, .. Number(KeepAliveSeconds), 0, .. Text(device), .. Text(device), .. Text(password),
        ];
        return [Connect, .. Length(body.Length), .. body];
    }

    public static byte[] PublishPacket(string topic, ushort id, ReadOnlySpan<byte> payload)
    {
        var length = 2 + topic.Length + 2 + 1 + payload.Length;
        return [PublishAtLeastOnce, .. Length(length), .. Text(topic), .. Number(id), 0, .. payload];
    }

    /// <summary>Reads one packet from the start; 0 when it is not whole yet.</summary>
    /// <param name="failed">Its reason code says failure.</param>
    public static int Read(ReadOnlySpan<byte> bytes, out byte type, out bool failed)
    {
        (type, failed) = (0, false);
        var (length, at, shift) = (0, 1, 0);
        do
        {
            if (at >= bytes.Length)
            {
                return 0;
            }

            length |= (bytes[at] & 0x7F) << shift;
            shift += 7;
        }
        while ((bytes[at++] & 0x80) != 0);

        if (bytes.Length < at + length)
        {
            return 0;
        }

        type = (byte)(bytes[0] & 0xF0);
        var reason = type == ConnectAcknowledged ? ReasonOfConnect : ReasonOfPublish;
        failed = length > reason && bytes[at + reason] >= FirstFailure;
        return at + length;
    }

    private static byte[] Text(string text) => [.. Number(text.Length), .. Encoding.UTF8.GetBytes(text)];

    private static byte[] Number(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }

    private static IEnumerable<byte> Length(int length)
    {
        for (; length > 0x7F; length >>= 7)
        {
            yield return (byte)((length & 0x7F) | 0x80);
        }

        yield return (byte)length;
    }
}
