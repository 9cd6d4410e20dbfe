using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Earmark.Portal.Api;

/// <summary>
/// JSON of the API: camelCase, kebab-case names of enums, instants in UTC with Z, money as numbers in yuan. A member
/// nobody knows is an error: a mistyped optional member must not pass silently.
/// </summary>
public static class ApiJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.MaxDepth = 16;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.Converters.Add(new UtcInstant());
    }

    /// <summary>Reads an instant with its offset, or a day as its midnight in UTC; writes UTC with Z, to the millisecond where there is one.</summary>
    private sealed class UtcInstant : JsonConverter<DateTimeOffset>
    {
        private const int DayCharacters = 10;

        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("An instant is a string.");
            if (text.Length == DayCharacters && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                return new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
            }

            // Without an offset the machine's own zone would be taken, and the same request mean two things on two machines.
            return reader.TryGetDateTimeOffset(out var at) && (text.EndsWith('Z') || text.AsSpan(DayCharacters).IndexOfAny('+', '-') >= 0)
                ? at.ToUniversalTime()
                : throw new JsonException("It is not an ISO 8601 instant with Z or an offset.");
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture));
    }
}
