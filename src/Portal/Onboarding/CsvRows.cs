using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Earmark.Portal.Api;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Onboarding;

/// <summary>
/// Rows of a CSV file as the same requests the API takes as JSON: a column is named like the JSON member, an empty cell is
/// an absent member, a list of points is written <c>lat lon; lat lon</c>. One set of shapes, one set of rules.
/// </summary>
internal sealed class CsvRows<T>
    where T : class, IChecked
{
    private static readonly JsonSerializerOptions Json = MakeOptions();
    private static readonly Dictionary<string, JsonPropertyInfo> Members =
        Json.GetTypeInfo(typeof(T)).Properties.ToDictionary(member => member.Name, StringComparer.Ordinal);

    private readonly JsonPropertyInfo[] columns;
    private readonly (string Member, string Value)[] given;

    private CsvRows(JsonPropertyInfo[] columns, (string Member, string Value)[] given)
    {
        this.columns = columns;
        this.given = given;
    }

    /// <summary>Null with what is wrong when the header does not fit.</summary>
    /// <param name="given">Members every row has without a column of its own.</param>
    public static CsvRows<T>? TryHeader(string? header, (string Member, string Value)[] given, out string wrong)
    {
        var names = header is null ? null : CsvCells.Split(header);
        wrong = names is null ? "The first line is not a header of column names."
            : names.Find(name => !Members.ContainsKey(name)) is { } unknown ? $"There is no column '{unknown}'; there are {string.Join(", ", Members.Keys)}."
            : names.Distinct(StringComparer.Ordinal).Count() != names.Count ? "A column is named twice."
            : Members.Values.FirstOrDefault(member => member.IsRequired && !names.Contains(member.Name) && !given.Any(value => value.Member == member.Name)) is { } missing ? $"The column '{missing.Name}' is missing."
            : "";
        return wrong.Length == 0 ? new CsvRows<T>([.. names!.Select(name => Members[name])], given) : null;
    }

    /// <summary>Null with what is wrong, naming the column.</summary>
    public T? TryRow(string? line, out string wrong)
    {
        if (line is null)
        {
            wrong = "The line is too long or not UTF-8.";
            return null;
        }

        if (CsvCells.Split(line) is not { } cells || cells.Count != columns.Length)
        {
            wrong = $"The line does not have {columns.Length} cells.";
            return null;
        }

        var row = new JsonObject();
        foreach (var (member, value) in given)
        {
            row[member] = value;
        }

        for (var index = 0; index < columns.Length; index++)
        {
            if (cells[index].Length > 0)
            {
                row[columns[index].Name] = Value(cells[index], columns[index].PropertyType);
            }
        }

        try
        {
            var request = row.Deserialize<T>(Json)!;
            wrong = request.Check() is { } complaint ? $"{complaint.Path}: {complaint.Detail}" : "";
            return wrong.Length == 0 ? request : null;
        }
        catch (JsonException unread)
        {
            wrong = $"{unread.Path?.TrimStart('$', '.')}: '{Cell(cells, unread.Path)}' cannot be read.";
            return null;
        }
    }

    private string Cell(List<string> cells, string? path)
    {
        var name = path?.TrimStart('$', '.') ?? "";
        var index = Array.FindIndex(columns, column => name == column.Name || name.StartsWith(column.Name + "[", StringComparison.Ordinal));
        return index < 0 ? "" : cells[index];
    }

    // What does not look like its type stays a string, so that reading it fails with its path.
    private static JsonNode? Value(string cell, Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare.IsArray)
        {
            return new JsonArray([.. cell.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Point)]);
        }

        if (bare == typeof(bool))
        {
            return bool.TryParse(cell, out var yes) ? yes : cell;
        }

        return (bare == typeof(decimal) || bare == typeof(int) || bare == typeof(double))
            && decimal.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : cell;
    }

    private static JsonNode? Point(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 ? new JsonObject { ["latitude"] = Value(parts[0], typeof(double)), ["longitude"] = Value(parts[1], typeof(double)) } : text;
    }

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        ApiJson.Configure(options);
        return options;
    }
}
