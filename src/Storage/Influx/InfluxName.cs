using System.Globalization;
using System.Text;

namespace Earmark.Storage.Influx;

/// <summary>
/// How a name stands in line protocol and InfluxQL: letters, digits, '-', '_', '.' and ':' as they are, every other UTF-16 unit as '%' and
/// four hex digits, the empty name as a lone '%'. Neither protocol gives any of these a meaning inside a quoted or a bare name, so there
/// is nothing to escape and nothing to inject. (Line protocol itself knows no way to write a line break or a trailing backslash in a tag.)
/// </summary>
internal static class InfluxName
{
    public const int MaximumLength = 200;
    private const int CodedUnit = 5;

    /// <exception cref="ArgumentOutOfRangeException">Longer than <see cref="MaximumLength"/>.</exception>
    public static string Code(string name)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, MaximumLength);
        if (name.Length > 0 && name.All(IsPlain))
        {
            return name;
        }

        return name.Length == 0 ? "%" : CodeText(name);
    }

    /// <summary>As <see cref="Code"/>, for text of any length.</summary>
    public static string CodeText(string text)
    {
        var coded = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = IsPlain(c) ? coded.Append(c) : coded.Append('%').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return coded.ToString();
    }

    public static string Decode(string coded)
    {
        if (!coded.Contains('%', StringComparison.Ordinal))
        {
            return coded;
        }

        var name = new StringBuilder(coded.Length);
        for (var i = 0; i < coded.Length; i++)
        {
            if (coded[i] != '%')
            {
                name.Append(coded[i]);
            }
            else if (i + CodedUnit <= coded.Length
                && ushort.TryParse(coded.AsSpan(i + 1, CodedUnit - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                name.Append((char)unit);
                i += CodedUnit - 1;
            }
        }

        return name.ToString();
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':';
}
