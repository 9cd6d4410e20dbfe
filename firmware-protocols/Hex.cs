using System.Buffers;

namespace Earmark.FirmwareProtocols;

/// <summary>Bytes as people paste them: hex digits in either case, with spaces, line breaks, colons or hyphens between.</summary>
public static class Hex
{
    /// <summary>No frame of any protocol here is longer; more is refused rather than read.</summary>
    public const int MaxBytes = 65_536;

    private static readonly SearchValues<char> Separators = SearchValues.Create(" \t\r\n:-");

    /// <summary>On failure <paramref name="reason"/> says what is wrong and at which character, from 1.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out byte[] bytes, out string reason)
    {
        bytes = [];
        reason = "";
        byte[] read = new byte[Math.Min((text.Length / 2) + 1, MaxBytes)];
        int digits = 0;
        for (int at = 0; at < text.Length; at++)
        {
            if (Separators.Contains(text[at]))
            {
                continue;
            }
            if (!char.IsAsciiHexDigit(text[at]))
            {
                reason = $"character {at + 1} is not a hex digit";
                return false;
            }
            if (digits == 2 * MaxBytes)
            {
                reason = $"more than {MaxBytes} bytes";
                return false;
            }
            read[digits / 2] = (byte)((read[digits / 2] << 4) | Digit(text[at]));
            digits++;
        }
        if (digits % 2 != 0)
        {
            reason = $"an odd number of hex digits ({digits})";
            return false;
        }
        bytes = read[..(digits / 2)];
        return true;
    }

    public static string Format(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static int Digit(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
