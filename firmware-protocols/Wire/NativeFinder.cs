using System.Buffers.Binary;
using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.FirmwareProtocols.Wire;

/// <summary>Native frames in a file or a serial log: the magic, the length, then the CRC must agree.</summary>
public sealed class NativeFinder : FrameFinder
{
    private const int LengthAt = 6;

    public static NativeFinder Instance { get; } = new();

    public override int LongestFrame => EnvelopeCodec.MaxFrameLength;

    public override Cut Find(ReadOnlySpan<byte> stream, bool ended)
    {
        int start = stream.IndexOf((byte)'E');
        if (start != 0)
        {
            return Cut.Garbage(start < 0 ? stream.Length : start);
        }
        if (stream.Length > 1 && stream[1] != (byte)'M')
        {
            return Cut.Garbage(1);
        }
        if (stream.Length < EnvelopeCodec.HeaderLength)
        {
            return ended ? Cut.Garbage(1) : Cut.More;
        }
        int length = EnvelopeCodec.OverheadLength + BinaryPrimitives.ReadUInt16LittleEndian(stream[LengthAt..]);
        if (length > LongestFrame)
        {
            return Cut.Garbage(1);
        }
        if (stream.Length < length)
        {
            return ended ? Cut.Garbage(1) : Cut.More;
        }
        return EnvelopeCodec.TryRead(stream[..length], out _, out _) ? Cut.Frame(length) : Cut.Garbage(1);
    }
}
