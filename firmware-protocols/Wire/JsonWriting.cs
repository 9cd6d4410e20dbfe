using System.Globalization;
using System.Text.Json;

namespace Earmark.FirmwareProtocols.Wire;

/// <summary>Values that may be unknown: null then, never 0.</summary>
internal static class JsonWriting
{
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string field, decimal? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(field, known);
        }
        else
        {
            json.WriteNull(field);
        }
    }

    /// <summary>UTC, ISO 8601 with a Z; fractions only where there are any.</summary>
    public static void WriteTimeOrNull(this Utf8JsonWriter json, string field, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(field, known.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture) + "Z");
        }
        else
        {
            json.WriteNull(field);
        }
    }

    public static void WriteHex(this Utf8JsonWriter json, string field, ReadOnlySpan<byte> bytes) => json.WriteString(field, Hex.Format(bytes));
}
