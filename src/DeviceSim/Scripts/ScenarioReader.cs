using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Earmark.DeviceSim.Scripts;

/// <summary>
/// Reads a scenario file: <c>{ "name", "seed"?, "natural"?, "events": [ { "at", "do", … } ] }</c>. Comments and trailing commas are allowed,
/// since people write these by hand. An error names line and field.
/// </summary>
public static class ScenarioReader
{
    public const int MaxBytes = 4 * 1024 * 1024;
    public const int MaxEvents = 10_000;
    private const int MaxDepth = 8;

    public static bool TryReadFile(string path, [NotNullWhen(true)] out Scenario? scenario, out string error)
    {
        scenario = null;
        var file = new FileInfo(path);
        if (!file.Exists || file.Length > MaxBytes)
        {
            error = file.Exists ? $"{path}: larger than {MaxBytes} bytes." : $"{path}: no such file.";
            return false;
        }

        bool good = TryRead(File.ReadAllBytes(path), out scenario, out error);
        error = good ? "" : $"{path}: {error}";
        return good;
    }

    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out Scenario? scenario, out string error)
    {
        scenario = null;
        var reader = new Utf8JsonReader(json, new JsonReaderOptions
        {
            CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = MaxDepth,
        });
        try
        {
            return TryRead(ref reader, new LineNumbers(json), out scenario, out error);
        }
        catch (JsonException e)
        {
            error = $"line {e.LineNumber + 1}: this is not JSON: {e.Message}";
            return false;
        }
    }

    private static bool TryRead(ref Utf8JsonReader reader, LineNumbers lines, out Scenario? scenario, out string error)
    {
        scenario = null;
        string? name = null;
        ulong? seed = null;
        bool natural = true;
        List<ScenarioAct>? acts = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            error = "line 1: expected an object { \"name\", \"events\" }.";
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int line = lines.At(reader.TokenStartIndex);
            string field = reader.GetString()!;
            reader.Read();
            error = "";
            if (field == "events" && reader.TokenType == JsonTokenType.StartArray)
            {
                acts = [];
                if (!TryReadActs(ref reader, lines, acts, out error))
                {
                    return false;
                }

                continue;
            }

            bool good = (field, reader.TokenType) switch
            {
                ("name", JsonTokenType.String) => (name = reader.GetString()) is { Length: > 0 and <= 200 },
                ("seed", JsonTokenType.Number) => reader.TryGetUInt64(out ulong number) && (seed = number) is not null,
                ("natural", JsonTokenType.True or JsonTokenType.False) => (natural = reader.GetBoolean()) || true,
                _ => false,
            };
            if (!good)
            {
                error = $"line {line}, {field}: " + field switch
                {
                    "name" => "must be a text of 1 to 200 characters.",
                    "seed" => "must be a whole number, 0 or more.",
                    "natural" => "must be true or false.",
                    "events" => "must be an array.",
                    _ => "is not a field; fields are name, seed, natural, events.",
                };
                return false;
            }
        }

        // Anything after the object makes this throw.
        reader.Read();
        error = name is null ? "line 1, name: missing." : acts is null ? "line 1, events: missing." : "";
        scenario = error.Length == 0 ? new Scenario(name!, seed, natural, acts!) : null;
        return scenario is not null;
    }

    private static bool TryReadActs(ref Utf8JsonReader reader, LineNumbers lines, List<ScenarioAct> acts, out string error)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int line = lines.At(reader.TokenStartIndex);
            if (acts.Count >= MaxEvents)
            {
                error = $"line {line}: more than {MaxEvents} events.";
                return false;
            }

            if (reader.TokenType != JsonTokenType.StartObject)
            {
                error = $"line {line}, events[{acts.Count}]: must be an object {{ \"at\", \"do\" }}.";
                return false;
            }

            if (!TryReadAct(ref reader, lines, line, acts.Count, out ScenarioAct act, out error))
            {
                return false;
            }

            acts.Add(act);
        }

        error = "";
        return true;
    }

    private static bool TryReadAct(ref Utf8JsonReader reader, LineNumbers lines, int firstLine, int index, out ScenarioAct act, out string error)
    {
        act = new ScenarioAct("") { Line = firstLine };
        var seen = new Dictionary<string, int>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int line = lines.At(reader.TokenStartIndex);
            string field = reader.GetString()!;
            reader.Read();
            using JsonDocument value = JsonDocument.ParseValue(ref reader);
            if (!seen.TryAdd(field, line))
            {
                error = $"line {line}, events[{index}].{field}: is there twice.";
                return false;
            }

            if (!ActField.TryApply(field, value.RootElement, ref act, out string problem))
            {
                error = $"line {line}, events[{index}].{field}: {problem}.";
                return false;
            }
        }

        error = Misfit(act, seen, firstLine, index);
        return error.Length == 0;
    }

    /// <summary>What is wrong between the act and its fields; empty when nothing.</summary>
    private static string Misfit(ScenarioAct act, Dictionary<string, int> seen, int firstLine, int index)
    {
        string where = $"line {firstLine}, events[{index}]";
        foreach (string field in (ReadOnlySpan<string>)["at", "do"])
        {
            if (!seen.ContainsKey(field))
            {
                return $"{where}.{field}: missing.";
            }
        }

        if (!ActShapes.IsKnown(act.Do))
        {
            return $"line {seen["do"]}, events[{index}].do: '{act.Do}' is not an act; acts are {string.Join(", ", ActShapes.Names)}.";
        }

        foreach ((string field, int line) in seen)
        {
            if (!ActShapes.Takes(act.Do, field))
            {
                return $"line {line}, events[{index}].{field}: {act.Do} does not take it; it takes {string.Join(", ", ActShapes.Fields(act.Do))}.";
            }
        }

        string? missing = ActShapes.Required(act.Do).FirstOrDefault(field => !seen.ContainsKey(field));
        return missing is null ? "" : $"{where}.{missing}: missing, {act.Do} needs it.";
    }
}
