using System.Data.Common;
using System.Globalization;

namespace Earmark.Storage.Book;

/// <summary>Reads the stored forms of <see cref="BookSession"/> back.</summary>
internal static class BookColumns
{
    public static string Text(this DbDataReader row, int column) => row.GetString(column);

    public static string? TextOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static long Number(this DbDataReader row, int column) => row.GetInt64(column);

    public static long? NumberOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    public static int Int(this DbDataReader row, int column) => checked((int)row.GetInt64(column));

    public static double? DoubleOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);

    public static bool Flag(this DbDataReader row, int column) => row.GetInt64(column) != 0;

    public static byte[] Bytes(this DbDataReader row, int column) => row.GetFieldValue<byte[]>(column);

    public static DateTimeOffset Time(this DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateOnly Day(this DbDataReader row, int column) =>
        DateOnly.ParseExact(row.GetString(column), "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A LIKE pattern (ESCAPE '\') that finds the text anywhere in what was made lower: databases differ in whether LIKE tells A from a.</summary>
    public static string Anywhere(string text) =>
        "%" + AsciiLower(text).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%";

    // As both databases' lower() does it.
    private static string AsciiLower(string text) => string.Create(text.Length, text, (lower, source) =>
    {
        for (var i = 0; i < lower.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
        }
    });
}
