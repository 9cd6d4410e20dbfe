using System.Buffers.Binary;
using Earmark.FirmwareProtocols.Iso11784;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.FdxB;

/// <summary>
/// The air frame of an FDX-B transponder: 128 bits, header 00000000001, then 13 bytes of 8 bits (least significant first) and a one: 8 of the code, 2 of its CRC,
/// 3 trailer. Source: ISO 11785.
/// </summary>
/// <param name="Code">What the CRC covers.</param>
/// <param name="Trailer">24 bits, not covered by the CRC.</param>
public sealed record FdxBFrame(Iso11784Code Code, uint Trailer)
{
    public const int Length = 16;
    private const int Bits = 8 * Length;
    private const int HeaderBits = 11;
    private const int GroupBits = 9;
    private const int Groups = 13;
    private const int CodeLength = 8;
    private const ushort Reflected = 0x8408;

    public static bool TryRead(ReadOnlySpan<byte> frame, out FdxBFrame? read, out Refusal refusal)
    {
        read = null;
        if (frame.Length != Length)
        {
            refusal = new Refusal(frame.Length < Length ? WireReasons.Truncated : WireReasons.BadLength, Math.Min(frame.Length, Length));
            return false;
        }
        for (int bit = 0; bit < HeaderBits; bit++)
        {
            if (Bit(frame, bit) != (bit == HeaderBits - 1))
            {
                refusal = new Refusal(WireReasons.BadStart, bit / 8);
                return false;
            }
        }
        Span<byte> bytes = stackalloc byte[Groups];
        for (int group = 0; group < Groups; group++)
        {
            int first = HeaderBits + (group * GroupBits);
            for (int bit = 0; bit < 8; bit++)
            {
                bytes[group] |= (byte)(Bit(frame, first + bit) ? 1 << bit : 0);
            }
            if (!Bit(frame, first + 8))
            {
                refusal = new Refusal(WireReasons.BadFormat, (first + 8) / 8);
                return false;
            }
        }
        refusal = Crc(bytes[..CodeLength]) != BinaryPrimitives.ReadUInt16LittleEndian(bytes[CodeLength..]) ? new Refusal(WireReasons.BadCrc, (HeaderBits + (CodeLength * GroupBits)) / 8) : default;
        if (refusal.IsNone && !Iso11784Code.TryCreate(BinaryPrimitives.ReadUInt64LittleEndian(bytes), out Iso11784Code code))
        {
            refusal = new Refusal(Iso11784Reasons.BadCode, 1);
        }
        else if (refusal.IsNone)
        {
            Iso11784Code.TryCreate(BinaryPrimitives.ReadUInt64LittleEndian(bytes), out code);
            read = new FdxBFrame(code, (uint)(bytes[10] | (bytes[11] << 8) | (bytes[12] << 16)));
        }
        return refusal.IsNone;
    }

    /// <summary>128 characters 0 and 1 as the bytes they are; false for any other text.</summary>
    public static bool TryPack(ReadOnlySpan<byte> text, Span<byte> frame)
    {
        if (text.Length != Bits || text.ContainsAnyExceptInRange((byte)'0', (byte)'1'))
        {
            return false;
        }
        frame.Clear();
        for (int bit = 0; bit < Bits; bit++)
        {
            Set(frame, bit, text[bit] == (byte)'1');
        }
        return true;
    }

    public void Write(Span<byte> frame)
    {
        Span<byte> bytes = stackalloc byte[Groups];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Code.Bits);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[CodeLength..], Crc(bytes[..CodeLength]));
        (bytes[10], bytes[11], bytes[12]) = ((byte)Trailer, (byte)(Trailer >> 8), (byte)(Trailer >> 16));
        frame[..Length].Clear();
        Set(frame, HeaderBits - 1, true);
        for (int group = 0; group < Groups; group++)
        {
            int first = HeaderBits + (group * GroupBits);
            for (int bit = 0; bit < 8; bit++)
            {
                Set(frame, first + bit, (bytes[group] & (1 << bit)) != 0);
            }
            Set(frame, first + 8, true);
        }
    }

    /// <summary>CRC-16/KERMIT: polynomial 0x1021 reflected, initial 0; "123456789" gives 0x2189.</summary>
    public static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        ushort crc = 0;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (ushort)((crc & 1) != 0 ? (crc >> 1) ^ Reflected : crc >> 1);
            }
        }
        return crc;
    }

    private static bool Bit(ReadOnlySpan<byte> frame, int bit) => (frame[bit / 8] & (0x80 >> (bit % 8))) != 0;

    private static void Set(Span<byte> frame, int bit, bool one) => frame[bit / 8] |= (byte)(one ? 0x80 >> (bit % 8) : 0);
}
