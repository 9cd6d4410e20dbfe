using System.Text.Json;
using System.Text.Json.Serialization;
using Earmark.Finance;

namespace Earmark.Storage.Book;

/// <summary>How products are kept: fractions as millionths, money as 分, enums by their kebab-case names.</summary>
internal static class ProductJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false), new Millionths(), new Fen() },
    };

    private sealed class Millionths : JsonConverter<Fraction>
    {
        public override Fraction Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, Fraction value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Millionths);
    }

    private sealed class Fen : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Fen);
    }
}
