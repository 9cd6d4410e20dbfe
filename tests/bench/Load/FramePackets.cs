using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.BaseStation;
using Earmark.FirmwareProtocols.EarTag;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.Topics;

namespace Earmark.Bench.Load;

/// <summary>Encodes and signs a device's frames before the load begins.</summary>
internal sealed class FramePackets : IDisposable
{
    // The tags' figures move from frame to frame but stay those of healthy animals.
    private const int ActivitySpread = 50;
    private const short WarmCentiCelsius = 3_650;

    private readonly LoadDevice device;
    private readonly DeviceKind kind;
    private readonly DeviceName name;
    private readonly FrameKey key;
    private readonly string topic;
    private readonly byte[] payload = new byte[BaseStationCodec.MaxPayloadLength];
    private readonly byte[] frame = new byte[EnvelopeCodec.MaxFrameLength];

    public FramePackets(LoadDevice device)
    {
        this.device = device;
        if (!DeviceKinds.TryParse(device.Kind, out kind) || !DeviceName.TryParse(device.DeviceId, out name))
        {
            throw new ArgumentException($"{device.DeviceId} is no device of a known kind.", nameof(device));
        }

        key = new FrameKey(Convert.FromHexString(device.FrameKeyHex));
        topic = DeviceTopic.Up(kind, name);
    }

    /// <summary>The device's frames number <paramref name="first"/> and after, times a millisecond apart and ending at <paramref name="last"/>.</summary>
    public byte[][] Make(int first, int count, DateTimeOffset last) =>
        [.. Enumerable.Range(0, count).Select(index => Make(first + index, last.ToUnixTimeMilliseconds() - count + index))];

    public byte[] Make(int sequence, long atMilliseconds, TagReading? reading = null, ulong? tag = null)
    {
        var length = kind == DeviceKind.GpsNode ? Position(sequence) : tag is { } one ? Single(sequence, one, reading!.Value) : Round(sequence);
        EnvelopeHeader header = new(kind, name, 1, (uint)sequence, atMilliseconds, FrameFlags.None, (byte)device.KeyId);
        var whole = EnvelopeCodec.Write(header, payload.AsSpan(0, length), key, frame);
        return MqttWire.PublishPacket(topic, (ushort)((sequence % ushort.MaxValue) + 1), frame.AsSpan(0, whole));
    }

    /// <summary>The frame in a packet: what lies behind fixed header, topic, packet id and the empty properties.</summary>
    public static byte[] Payload(byte[] packet)
    {
        var at = Array.FindIndex(packet, 1, length => length < 0x80) + 1;
        return packet[(at + 2 + ((packet[at] << 8) | packet[at + 1]) + 2 + 1)..];
    }

    public void Dispose() => key.Dispose();

    public static TagReading Well(int sequence, int index) =>
        new(-61, TagFlags.None, 12, (ushort)(20 + ((sequence + index) % ActivitySpread)), 1, (short)(WarmCentiCelsius + (index % ActivitySpread)));

    private int Round(int sequence)
    {
        var frames = Math.Max(1, device.Tags / device.FrameTags);
        var from = device.FirstTag + (ulong)((sequence % frames) * device.FrameTags);
        var heard = new TagObservation[Math.Min(device.FrameTags, device.Tags)];
        for (var index = 0; index < heard.Length; index++)
        {
            heard[index] = new TagObservation(Tag(from + (ulong)index), Well(sequence, index));
        }

        return BaseStationCodec.Write((uint)sequence, 60, heard, payload);
    }

    private int Single(int sequence, ulong tag, TagReading reading) =>
        BaseStationCodec.Write((uint)sequence, 60, [new TagObservation(Tag(tag), reading)], payload);

    private int Position(int sequence) => GpsNodeCodec.Write(
        new GpsReading(GpsFix.Gnss, new GpsPosition(400_000_000 + (sequence % 1_000 * 100), 1_110_000_000, 620, 900, 25), 11, GpsInputs.SealIntact, 90),
        payload);

    private static TagNumber Tag(ulong number) =>
        TagNumber.TryCreate(number, out var tag) ? tag : throw new ArgumentOutOfRangeException(nameof(number));
}
