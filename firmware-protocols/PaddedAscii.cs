using System.Buffers;

namespace Earmark.FirmwareProtocols;

/// <summary>Fixed-width ASCII fields, padded with zeros at the end.</summary>
internal static class PaddedAscii
{
    /// <summary>False when a character is not allowed or anything but zero follows the first zero. An empty field measures 0.</summary>
    public static bool TryMeasure(ReadOnlySpan<byte> field, SearchValues<byte> allowed, out int length)
    {
        int end = field.IndexOf((byte)0);
        length = end < 0 ? field.Length : end;
        return !field[..length].ContainsAnyExcept(allowed) && !field[length..].ContainsAnyExcept((byte)0);
    }
}
