using System.Globalization;
using System.Text.Json;

namespace Earmark.FirmwareProtocols.Json;

/// <summary>
/// Reads the fields of one JSON object by name, type and range. The first thing wrong becomes the complaint and reading goes on with
/// harmless values, so a codec reads straight through and asks once at the end.
/// </summary>
internal sealed class JsonFields(JsonElement element, string path, Complaint complaint)
{
    private const int LongestText = 64;
    private readonly HashSet<string> _asked = [];

    public void Complain(string field, string what) => complaint.About($"{path}.{field}", what);

    public void Ignore(string field) => _asked.Add(field);

    /// <summary>Null when missing or JSON null; a complaint then, if it is required.</summary>
    public string? Text(string field, bool required = true)
    {
        if (!TryGet(field, required, out JsonElement value))
        {
            return null;
        }
        if (value.ValueKind == JsonValueKind.String && TryText(value, out string text))
        {
            return text;
        }
        Complain(field, "must be a short text");
        return null;
    }

    public long Integer(string field, long least, long most) => Scaled(field, 0, least, most) ?? least;

    /// <summary>A number (or its text) × 10^decimals as a whole number; null when missing and not required, or wrong.</summary>
    public long? Scaled(string field, int decimals, long least, long most, bool required = true)
    {
        decimal step = new(1, 0, 0, false, (byte)decimals);
        if (Number(field, required) is not { } number)
        {
            return null;
        }
        if (number >= least * step && number <= most * step && decimal.Remainder(number, step) == 0)
        {
            return (long)(number / step);
        }
        string steps = decimals == 0 ? "a whole number" : $"in steps of {step.ToString(CultureInfo.InvariantCulture)}";
        Complain(field, string.Create(CultureInfo.InvariantCulture, $"must be {least * step} to {most * step}, {steps}"));
        return null;
    }

    /// <summary>Any decimal number, or its text.</summary>
    public decimal? Number(string field, bool required = true)
    {
        if (!TryGet(field, required, out JsonElement value))
        {
            return null;
        }
        decimal number = 0;
        bool good = value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDecimal(out number),
            JsonValueKind.String => TryText(value, out string text) && decimal.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number),
            _ => false,
        };
        if (!good)
        {
            Complain(field, "must be a number");
        }
        return good ? number : null;
    }

    /// <summary>An array of texts; missing means none.</summary>
    public List<string> Texts(string field, int most)
    {
        List<string> texts = [];
        foreach (JsonElement item in Items(field, 0, most, required: false))
        {
            if (item.ValueKind != JsonValueKind.String || !TryText(item, out string text))
            {
                Complain(field, "must hold short texts");
                break;
            }
            texts.Add(text);
        }
        return texts;
    }

    /// <summary>An array of objects.</summary>
    public List<JsonFields> Objects(string field, int least, int most)
    {
        List<JsonFields> objects = [];
        foreach (JsonElement item in Items(field, least, most, required: true))
        {
            string place = $"{path}.{field}[{objects.Count}]";
            if (item.ValueKind != JsonValueKind.Object)
            {
                complaint.About(place, "must be an object");
                break;
            }
            objects.Add(new JsonFields(item, place, complaint));
        }
        return objects;
    }

    /// <summary>A name nobody asked for is a mistyped one: better refused than silently left out.</summary>
    public void RefuseOthers()
    {
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!_asked.Contains(property.Name))
            {
                Complain(property.Name.Length <= LongestText ? property.Name : property.Name[..LongestText], "is not a field of this message");
                return;
            }
        }
    }

    private JsonElement[] Items(string field, int least, int most, bool required)
    {
        if (!TryGet(field, required, out JsonElement value))
        {
            return [];
        }
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() >= least && value.GetArrayLength() <= most)
        {
            return [.. value.EnumerateArray()];
        }
        Complain(field, $"must be an array of {least} to {most}");
        return [];
    }

    private bool TryGet(string field, bool required, out JsonElement value)
    {
        _asked.Add(field);
        if (element.TryGetProperty(field, out value) && value.ValueKind != JsonValueKind.Null)
        {
            return true;
        }
        if (required)
        {
            Complain(field, "is missing");
        }
        return false;
    }

    private static bool TryText(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair: valid JSON, but no text.
            text = "";
            return false;
        }
        return text.Length <= LongestText;
    }
}
