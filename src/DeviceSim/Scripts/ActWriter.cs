using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace Earmark.DeviceSim.Scripts;

/// <summary>Writes an act as one line of the scenario format, with its moment as an instant; <see cref="ScenarioReader"/> reads it back.</summary>
public static class ActWriter
{
    public static string Line(ScenarioAct act, DateTimeOffset begun)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("at", act.When(begun).ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
            json.WriteString("do", act.Do);
            foreach (string field in ActShapes.Fields(act.Do))
            {
                Write(json, field, act);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter json, string field, ScenarioAct act)
    {
        switch (field)
        {
            case "count" when act.Tags.Count == 0: json.WriteNumber(field, act.Count); break;
            case "pen" when act.Pen is { } pen: json.WriteNumber(field, pen); break;
            case "severity": json.WriteNumber(field, act.Severity); break;
            case "percent": json.WriteNumber(field, act.Percent); break;
            case "km": json.WriteNumber(field, act.Kilometres); break;
            case "kg": json.WriteNumber(field, act.Kilograms); break;
            case "cutTags": json.WriteBoolean(field, act.CutTags); break;
            case "weighed": json.WriteBoolean(field, act.Weighed); break;
            case "backwards": json.WriteBoolean(field, act.Backwards); break;
            case "duration" when act.Duration is { } duration: json.WriteString(field, XmlConvert.ToString(duration)); break;
            case "tags" when act.Tags.Count > 0:
                json.WriteStartArray(field);
                foreach (string tag in act.Tags)
                {
                    json.WriteStringValue(tag);
                }

                json.WriteEndArray();
                break;
            case "site" or "device" or "tag" or "lot" or "reference" when Text(field, act) is { } text: json.WriteString(field, text); break;
        }
    }

    private static string? Text(string field, ScenarioAct act) => field switch
    {
        "site" => act.Site,
        "device" => act.Device,
        "tag" => act.Tag,
        "lot" => act.Lot,
        _ => act.Reference,
    };
}
