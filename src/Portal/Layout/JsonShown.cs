using System.Text.Json;

namespace Earmark.Portal.Layout;

/// <summary>A JSON object laid out for people: scalars as name and value, an array of objects as a table.</summary>
public sealed class JsonShown
{
    private const int RowsMaximum = 500;
    private const int Depth = 6;

    private readonly List<(string Name, string Value)> scalars = [];
    private readonly List<JsonTable> tables = [];

    public IReadOnlyList<(string Name, string Value)> Scalars => scalars;

    public IReadOnlyList<JsonTable> Tables => tables;

    /// <summary>Null for text that is no JSON object.</summary>
    public static JsonShown? Read(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var shown = new JsonShown();
            shown.Take("", document.RootElement, Depth);
            return shown;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void Take(string prefix, JsonElement element, int depth)
    {
        foreach (var member in element.EnumerateObject())
        {
            var name = prefix + member.Name;
            if (member.Value.ValueKind == JsonValueKind.Object && depth > 0)
            {
                Take(name + ".", member.Value, depth - 1);
            }
            else if (member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0 && member.Value[0].ValueKind == JsonValueKind.Object)
            {
                tables.Add(TableOf(name, member.Value));
            }
            else
            {
                scalars.Add((name, Text(member.Value)));
            }
        }
    }

    private static JsonTable TableOf(string name, JsonElement array)
    {
        var rows = array.EnumerateArray().Take(RowsMaximum).Where(row => row.ValueKind == JsonValueKind.Object).ToArray();
        var columns = rows.SelectMany(row => row.EnumerateObject().Select(member => member.Name)).Distinct(StringComparer.Ordinal).ToArray();
        return new JsonTable(name, columns, [.. rows.Select(row =>
            columns.Select(column => row.TryGetProperty(column, out var value) ? Text(value) : "").ToArray())]);
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}

public sealed record JsonTable(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string[]> Rows);
