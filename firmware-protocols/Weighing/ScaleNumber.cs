using System.Buffers.Text;
using System.Globalization;

namespace Earmark.FirmwareProtocols.Weighing;

public enum NumberReading : byte
{
    Good,

    /// <summary>No digit at all: blanks, at most with a sign and a point. A display that is off, never 0.</summary>
    Blank,
    Bad,
}

/// <summary>A displayed number, exactly: blanks, a sign, blanks, digits with at most one point. Not a general number: no exponent, no thousands.</summary>
public static class ScaleNumber
{
    /// <summary>No display has more digits.</summary>
    public const int MaxDigits = 15;

    public static NumberReading Read(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        text = text.Trim((byte)' ');
        bool negative = !text.IsEmpty && text[0] == (byte)'-';
        ReadOnlySpan<byte> digits = negative || (!text.IsEmpty && text[0] == (byte)'+') ? text[1..].TrimStart((byte)' ') : text;
        if (!digits.ContainsAnyExcept(" ."u8) && digits.Count((byte)'.') <= 1)
        {
            return NumberReading.Blank;
        }
        long whole = 0;
        int count = 0;
        int scale = -1;
        foreach (byte character in digits)
        {
            if (character == (byte)'.' && scale < 0)
            {
                scale = 0;
                continue;
            }
            if (!char.IsAsciiDigit((char)character) || ++count > MaxDigits)
            {
                return NumberReading.Bad;
            }
            whole = (whole * 10) + character - '0';
            scale += scale >= 0 ? 1 : 0;
        }
        value = Of(whole, negative, Math.Max(scale, 0));
        return NumberReading.Good;
    }

    /// <summary>Digits × 10^-<paramref name="decimals"/> with all its decimals. There is no negative zero.</summary>
    public static decimal Of(long digits, bool negative, int decimals) =>
        new((int)digits, (int)(digits >> 32), 0, negative && digits != 0, (byte)decimals);

    /// <summary>With all its decimals.</summary>
    public static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Without its sign.</summary>
    public static string Magnitude(decimal value) => Text(Math.Abs(value));

    /// <summary>Without its sign; of .123456 the zero in front goes where the field has no place for it.</summary>
    public static string Magnitude(decimal value, int width)
    {
        string text = Magnitude(value);
        return text.Length > width && text.StartsWith("0.", StringComparison.Ordinal) ? text[1..] : text;
    }

    internal static bool TryDigits(ReadOnlySpan<byte> text, out long digits) =>
        Utf8Parser.TryParse(text, out digits, out int used) && used == text.Length && !text.IsEmpty && char.IsAsciiDigit((char)text[0]);
}
