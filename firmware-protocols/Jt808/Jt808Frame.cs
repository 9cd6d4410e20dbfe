using System.Buffers;
using System.Buffers.Binary;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>
/// The frame: 7E, then header, body and their XOR with 7E and 7D escaped, then 7E. Source: JT/T 808-2013 and -2019, chapter 4.
/// Offsets of refusals count in the unescaped frame, the first delimiter included.
/// </summary>
public static class Jt808Frame
{
    internal const byte Delimiter = 0x7E;
    internal const byte Escape = 0x7D;
    internal const byte EscapedDelimiter = 0x02;
    internal const byte EscapedEscape = 0x01;
    private const int LongestHeader = 21;

    /// <summary>Unescaped, without delimiters: header, body, XOR.</summary>
    public const int MaxUnescaped = LongestHeader + Jt808Header.MaxBodyLength + 1;

    /// <summary>On the wire, when every byte is escaped.</summary>
    public const int MaxLength = (2 * MaxUnescaped) + 2;

    /// <summary>Takes a frame apart. Allocates nothing.</summary>
    /// <param name="frame">With both delimiters.</param>
    /// <param name="lenient">Takes a wrong checksum, length, escape or number; <paramref name="flaws"/> says what was wrong.</param>
    /// <param name="scratch">At least <see cref="MaxUnescaped"/> bytes.</param>
    /// <param name="body">In <paramref name="scratch"/>.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> frame, bool lenient, Span<byte> scratch, out Jt808Header header, out ReadOnlySpan<byte> body, out Jt808Flaws flaws, out Refusal refusal)
    {
        header = default;
        body = default;
        flaws = Jt808Flaws.None;
        refusal = frame.Length < 2 ? new(WireReasons.Truncated, 0)
            : frame[0] != Delimiter ? new(WireReasons.BadStart, 0)
            : frame[^1] != Delimiter ? new(WireReasons.BadEnd, frame.Length - 1)
            : frame.Length > MaxLength ? new(WireReasons.Oversize, 0)
            : default;
        if (!refusal.IsNone || !TryUnescape(frame[1..^1], lenient, scratch, out int length, ref flaws, out refusal))
        {
            return false;
        }
        ReadOnlySpan<byte> unescaped = scratch[..length];
        if (!TryReadHeader(unescaped, lenient, out header, ref flaws, out refusal))
        {
            return false;
        }
        if (Xor(unescaped) != 0 && !Overlook(Jt808Flaws.Checksum, lenient, ref flaws))
        {
            refusal = new Refusal(WireReasons.BadChecksum, length);
            return false;
        }
        body = unescaped[header.Length..^1];
        if (body.Length != header.BodyLength && !Overlook(Jt808Flaws.Length, lenient, ref flaws))
        {
            refusal = new Refusal(WireReasons.BadLength, 3);
            return false;
        }
        return true;
    }

    /// <summary>Escapes, adds checksum and delimiters.</summary>
    /// <exception cref="ArgumentException">The body is longer than 1,023 bytes.</exception>
    public static void Write(in Jt808Header header, ReadOnlySpan<byte> body, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (body.Length > Jt808Header.MaxBodyLength)
        {
            throw new ArgumentException($"A body has at most {Jt808Header.MaxBodyLength} bytes, not {body.Length}: send it in parts.", nameof(body));
        }
        Span<byte> unescaped = stackalloc byte[MaxUnescaped];
        int at = WriteHeader(header, body.Length, unescaped);
        body.CopyTo(unescaped[at..]);
        at += body.Length;
        unescaped[at] = Xor(unescaped[..at]);
        WriteEscaped(unescaped[..(at + 1)], output);
    }

    private static int WriteHeader(in Jt808Header header, int bodyLength, Span<byte> to)
    {
        BinaryPrimitives.WriteUInt16BigEndian(to, header.Id);
        BinaryPrimitives.WriteUInt16BigEndian(to[2..], (ushort)((header.Attributes & ~Jt808Header.LengthMask) | bodyLength));
        int at = 4;
        if (header.Is2019)
        {
            to[at++] = header.ProtocolVersion;
        }
        UInt128 phone = header.PhoneBcd;
        for (int i = (header.PhoneDigits / 2) - 1; i >= 0; i--)
        {
            to[at + i] = (byte)phone;
            phone >>= 8;
        }
        at += header.PhoneDigits / 2;
        BinaryPrimitives.WriteUInt16BigEndian(to[at..], header.Serial);
        at += 2;
        if (header.IsPart)
        {
            BinaryPrimitives.WriteUInt16BigEndian(to[at..], header.Parts);
            BinaryPrimitives.WriteUInt16BigEndian(to[(at + 2)..], header.Part);
            at += 4;
        }
        return at;
    }

    private static void WriteEscaped(ReadOnlySpan<byte> unescaped, IBufferWriter<byte> output)
    {
        Span<byte> to = output.GetSpan((2 * unescaped.Length) + 2);
        int at = 0;
        to[at++] = Delimiter;
        foreach (byte value in unescaped)
        {
            if (value is Delimiter or Escape)
            {
                to[at++] = Escape;
                to[at++] = value == Delimiter ? EscapedDelimiter : EscapedEscape;
            }
            else
            {
                to[at++] = value;
            }
        }
        to[at++] = Delimiter;
        output.Advance(at);
    }

    private static bool TryUnescape(ReadOnlySpan<byte> escaped, bool lenient, Span<byte> to, out int length, ref Jt808Flaws flaws, out Refusal refusal)
    {
        length = 0;
        refusal = default;
        while (true)
        {
            int plain = escaped.IndexOfAny(Escape, Delimiter);
            plain = plain < 0 ? escaped.Length : plain;
            if (length + plain + (plain < escaped.Length ? 1 : 0) > MaxUnescaped)
            {
                refusal = new Refusal(WireReasons.Oversize, 0);
                return false;
            }
            escaped[..plain].CopyTo(to[length..]);
            length += plain;
            if (plain == escaped.Length)
            {
                return true;
            }
            escaped = escaped[plain..];
            byte second = escaped.Length > 1 ? escaped[1] : (byte)0;
            bool good = escaped[0] == Escape && second is EscapedDelimiter or EscapedEscape;
            if (!good && !Overlook(Jt808Flaws.Escape, lenient, ref flaws))
            {
                refusal = new Refusal(Jt808Reasons.BadEscape, length + 1);
                return false;
            }
            to[length++] = good && second == EscapedDelimiter ? Delimiter : escaped[0];
            escaped = escaped[(good ? 2 : 1)..];
        }
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> bytes, bool lenient, out Jt808Header header, ref Jt808Flaws flaws, out Refusal refusal)
    {
        header = default;
        refusal = default;
        ushort attributes = bytes.Length < 4 ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        Jt808Header shape = default(Jt808Header) with { Attributes = attributes };
        if (bytes.Length < shape.Length + 1)
        {
            refusal = new Refusal(WireReasons.Truncated, bytes.Length + 1);
            return false;
        }
        int at = shape.Is2019 ? 5 : 4;
        ReadOnlySpan<byte> digits = bytes.Slice(at, shape.PhoneDigits / 2);
        UInt128 phone = 0;
        foreach (byte pair in digits)
        {
            phone = (phone << 8) | pair;
        }
        if (!Bcd.IsDecimal(digits) && !Overlook(Jt808Flaws.Phone, lenient, ref flaws))
        {
            refusal = new Refusal(Jt808Reasons.BadPhone, at + 1);
            return false;
        }
        ReadOnlySpan<byte> rest = bytes[(at + digits.Length)..];
        header = new Jt808Header(
            BinaryPrimitives.ReadUInt16BigEndian(bytes), attributes, shape.Is2019 ? bytes[4] : (byte)0, phone, BinaryPrimitives.ReadUInt16BigEndian(rest),
            shape.IsPart ? BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) : (ushort)0,
            shape.IsPart ? BinaryPrimitives.ReadUInt16BigEndian(rest[4..]) : (ushort)0);
        if (shape.IsPart && (header.Part == 0 || header.Part > header.Parts))
        {
            refusal = new Refusal(Jt808Reasons.BadPart, at + digits.Length + 5);
            return false;
        }
        return true;
    }

    private static bool Overlook(Jt808Flaws flaw, bool lenient, ref Jt808Flaws flaws)
    {
        flaws |= lenient ? flaw : Jt808Flaws.None;
        return lenient;
    }

    private static byte Xor(ReadOnlySpan<byte> bytes)
    {
        ulong wide = 0;
        while (bytes.Length >= sizeof(ulong))
        {
            wide ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            bytes = bytes[sizeof(ulong)..];
        }
        wide ^= wide >> 32;
        wide ^= wide >> 16;
        byte xor = (byte)(wide ^ (wide >> 8));
        foreach (byte value in bytes)
        {
            xor ^= value;
        }
        return xor;
    }
}
