using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.Tests.FirmwareProtocols;

internal static class Keys
{
    public static readonly byte[] Bytes = [.. Enumerable.Range(0, FrameKey.Length).Select(i => (byte)i)];
    public static readonly FrameKey One = new(Bytes);

    public static DeviceName Name(string text) =>
        DeviceName.TryParse(text, out DeviceName name) ? name : throw new ArgumentException(text, nameof(text));

    public static EnvelopeHeader Header(DeviceKind kind = DeviceKind.BaseStation, string device = "bs-01") =>
        new(kind, Name(device), 3, 17, 1_767_225_600_123, FrameFlags.None, 1);

    /// <summary>A signed frame with whatever payload, good or bad.</summary>
    public static byte[] Frame(EnvelopeHeader header, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[EnvelopeCodec.OverheadLength + payload.Length];
        EnvelopeCodec.Write(header, payload, One, frame);
        return frame;
    }

    /// <summary>Makes CRC and MAC right again after bytes were changed.</summary>
    public static byte[] Resealed(byte[] frame)
    {
        int crcAt = frame.Length - EnvelopeCodec.CrcLength - EnvelopeCodec.MacLength;
        BitConverter.TryWriteBytes(frame.AsSpan(crcAt), Crc16.Compute(frame.AsSpan(0, crcAt)));
        One.Sign(frame.AsSpan(0, crcAt + 2), frame.AsSpan(crcAt + 2));
        return frame;
    }
}
