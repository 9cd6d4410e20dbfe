namespace Earmark.FirmwareProtocols.Xk3190;

/// <summary>Yaohua's checksum: the XOR of some bytes as two characters, high nibble first, 0–9 and A–F.</summary>
internal static class NibbleXor
{
    private const string Digits = "0123456789ABCDEF";

    public static bool Holds(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> check)
    {
        byte xor = Of(bytes);
        return check[0] == Digits[xor >> 4] && check[1] == Digits[xor & 15];
    }

    public static void Write(ReadOnlySpan<byte> bytes, Span<byte> check)
    {
        byte xor = Of(bytes);
        check[0] = (byte)Digits[xor >> 4];
        check[1] = (byte)Digits[xor & 15];
    }

    private static byte Of(ReadOnlySpan<byte> bytes)
    {
        byte xor = 0;
        foreach (byte value in bytes)
        {
            xor ^= value;
        }
        return xor;
    }
}
