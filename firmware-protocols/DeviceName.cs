using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Earmark.FirmwareProtocols;

/// <summary>
/// A device id: 1–16 characters of <c>[a-z0-9-]</c>, in frames 16 ASCII bytes padded with zeros.
/// Kept as two numbers, so that comparing, hashing and reading from a frame allocate nothing.
/// </summary>
public readonly struct DeviceName : IEquatable<DeviceName>
{
    public const int MaxLength = 16;

    private static readonly SearchValues<byte> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-"u8);
    private readonly ulong _head;
    private readonly ulong _tail;

    private DeviceName(ReadOnlySpan<byte> padded)
    {
        _head = BinaryPrimitives.ReadUInt64BigEndian(padded);
        _tail = BinaryPrimitives.ReadUInt64BigEndian(padded[8..]);
    }

    /// <summary>True only for <c>default</c>: no parsed name is empty.</summary>
    public bool IsEmpty => _head == 0;

    public static bool TryParse(ReadOnlySpan<char> text, out DeviceName name)
    {
        Span<byte> padded = stackalloc byte[MaxLength];
        padded.Clear();
        name = default;
        return text.Length is > 0 and <= MaxLength
            && Ascii.FromUtf16(text, padded, out int length) == OperationStatus.Done
            && TryParse(padded[..length], out name);
    }

    public static bool TryParse(ReadOnlySpan<byte> ascii, out DeviceName name)
    {
        name = default;
        if (ascii.Length is 0 or > MaxLength || ascii.ContainsAnyExcept(Allowed))
        {
            return false;
        }
        Span<byte> padded = stackalloc byte[MaxLength];
        padded.Clear();
        ascii.CopyTo(padded);
        name = new DeviceName(padded);
        return true;
    }

    /// <summary>Reads the 16 padded bytes of a frame; false when empty, when a character is not allowed or when padding is not zero.</summary>
    public static bool TryRead(ReadOnlySpan<byte> padded, out DeviceName name)
    {
        bool good = padded.Length == MaxLength && PaddedAscii.TryMeasure(padded, Allowed, out int length) && length > 0;
        name = good ? new DeviceName(padded) : default;
        return good;
    }

    /// <summary>Writes 16 bytes, padded with zeros.</summary>
    public void Write(Span<byte> padded)
    {
        BinaryPrimitives.WriteUInt64BigEndian(padded, _head);
        BinaryPrimitives.WriteUInt64BigEndian(padded[8..], _tail);
    }

    public int Length => MaxLength - (_tail != 0
        ? System.Numerics.BitOperations.TrailingZeroCount(_tail) / 8
        : 8 + (_head == 0 ? 8 : System.Numerics.BitOperations.TrailingZeroCount(_head) / 8));

    public bool Equals(DeviceName other) => _head == other._head && _tail == other._tail;
    public override bool Equals(object? obj) => obj is DeviceName other && Equals(other);
    public override int GetHashCode() => HashCode.Combine(_head, _tail);
    public static bool operator ==(DeviceName left, DeviceName right) => left.Equals(right);
    public static bool operator !=(DeviceName left, DeviceName right) => !left.Equals(right);

    public override string ToString()
    {
        Span<byte> padded = stackalloc byte[MaxLength];
        Write(padded);
        return System.Text.Encoding.ASCII.GetString(padded[..Length]);
    }
}
