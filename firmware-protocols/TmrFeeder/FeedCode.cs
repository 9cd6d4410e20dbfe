using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Earmark.FirmwareProtocols.TmrFeeder;

/// <summary>
/// The code of an ingredient, a ration or a pen as the feeder's terminal knows it: up to 8 characters of <c>[A-Za-z0-9._-]</c>,
/// in frames 8 ASCII bytes padded with zeros. <c>default</c> is the empty code.
/// </summary>
public readonly record struct FeedCode
{
    public const int MaxLength = 8;

    private static readonly SearchValues<byte> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8);

    private readonly ulong _characters;

    private FeedCode(ulong characters) => _characters = characters;

    public bool IsEmpty => _characters == 0;

    public static bool TryParse(ReadOnlySpan<char> text, out FeedCode code)
    {
        Span<byte> padded = stackalloc byte[MaxLength];
        padded.Clear();
        code = default;
        return text.Length <= MaxLength
            && Ascii.FromUtf16(text, padded, out int length) == OperationStatus.Done
            && !padded[..length].ContainsAnyExcept(Allowed)
            && TryRead(padded, out code);
    }

    /// <summary>Reads 8 padded bytes; the empty code is good here, whether it may be empty is the event's rule.</summary>
    public static bool TryRead(ReadOnlySpan<byte> padded, out FeedCode code)
    {
        bool good = PaddedAscii.TryMeasure(padded[..MaxLength], Allowed, out _);
        code = good ? new FeedCode(BinaryPrimitives.ReadUInt64BigEndian(padded)) : default;
        return good;
    }

    public void Write(Span<byte> padded) => BinaryPrimitives.WriteUInt64BigEndian(padded, _characters);

    public override string ToString()
    {
        Span<byte> padded = stackalloc byte[MaxLength];
        Write(padded);
        return System.Text.Encoding.ASCII.GetString(padded.TrimEnd((byte)0));
    }
}
