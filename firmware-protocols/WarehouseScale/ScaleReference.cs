using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Earmark.FirmwareProtocols.WarehouseScale;

/// <summary>
/// The lot or ticket scanned with a weighing: up to 16 characters of <c>[A-Za-z0-9._:/-]</c>, in frames 16 ASCII bytes padded with zeros.
/// <c>default</c> is the empty reference: nothing was scanned.
/// </summary>
public readonly record struct ScaleReference
{
    public const int MaxLength = 16;

    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:/-"u8);

    private readonly ulong _head;
    private readonly ulong _tail;

    private ScaleReference(ReadOnlySpan<byte> padded)
    {
        _head = BinaryPrimitives.ReadUInt64BigEndian(padded);
        _tail = BinaryPrimitives.ReadUInt64BigEndian(padded[8..]);
    }

    public bool IsEmpty => _head == 0;

    public static bool TryParse(ReadOnlySpan<char> text, out ScaleReference reference)
    {
        Span<byte> padded = stackalloc byte[MaxLength];
        padded.Clear();
        reference = default;
        return text.Length <= MaxLength
            && Ascii.FromUtf16(text, padded, out int length) == OperationStatus.Done
            && !padded[..length].ContainsAnyExcept(Allowed)
            && TryRead(padded, out reference);
    }

    /// <summary>Reads 16 padded bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> padded, out ScaleReference reference)
    {
        bool good = PaddedAscii.TryMeasure(padded[..MaxLength], Allowed, out _);
        reference = good ? new ScaleReference(padded) : default;
        return good;
    }

    public void Write(Span<byte> padded)
    {
        BinaryPrimitives.WriteUInt64BigEndian(padded, _head);
        BinaryPrimitives.WriteUInt64BigEndian(padded[8..], _tail);
    }

    public override string ToString()
    {
        Span<byte> padded = stackalloc byte[MaxLength];
        Write(padded);
        return System.Text.Encoding.ASCII.GetString(padded.TrimEnd((byte)0));
    }
}
