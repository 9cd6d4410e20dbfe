using System.Buffers;
using System.Buffers.Binary;

namespace Earmark.FirmwareProtocols.Wire;

/// <summary>Big-endian fields into a buffer.</summary>
internal static class ByteWriting
{
    public static void WriteByte(this IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    public static void WriteUInt16(this IBufferWriter<byte> output, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output.GetSpan(2), value);
        output.Advance(2);
    }

    public static void WriteUInt32(this IBufferWriter<byte> output, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(4), value);
        output.Advance(4);
    }

    public static void WriteUInt64(this IBufferWriter<byte> output, ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    public static void WriteAscii(this IBufferWriter<byte> output, ReadOnlySpan<char> text) =>
        output.Advance(System.Text.Encoding.ASCII.GetBytes(text, output.GetSpan(text.Length)));
}
