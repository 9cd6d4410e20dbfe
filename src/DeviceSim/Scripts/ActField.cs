using System.Globalization;
using System.Text.Json;
using System.Xml;
using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.EarTag;

namespace Earmark.DeviceSim.Scripts;

/// <summary>Reads one field of an act: its value into the act, or what is wrong with it.</summary>
internal static class ActField
{
    public const int MaxCount = 1_000_000;
    public const int MaxTextLength = 64;
    public static readonly TimeSpan MaxDuration = TimeSpan.FromDays(3660);

    /// <summary>All fields the format knows; others are a mistake in any act.</summary>
    public static readonly IReadOnlyList<string> Known =
        ["at", "do", "site", "device", "pen", "count", "tags", "tag", "duration", "severity", "percent", "km", "kg", "lot", "reference", "cutTags", "weighed", "backwards"];

    public static bool TryApply(string field, JsonElement value, ref ScenarioAct act, out string problem)
    {
        ScenarioAct? read = field switch
        {
            "at" => ReadAt(value, act),
            "do" => Text(value) is { } name ? act with { Do = name } : null,
            "site" => Text(value) is { } site ? act with { Site = site } : null,
            "device" => DeviceName.TryParse(Text(value), out _) ? act with { Device = Text(value) } : null,
            "pen" => Whole(value, 1, 10_000) is { } pen ? act with { Pen = pen } : null,
            "count" => Whole(value, 1, MaxCount) is { } count ? act with { Count = count } : null,
            "tags" => Tags(value) is { } tags ? act with { Tags = tags, Count = tags.Count } : null,
            "tag" => TagNumber.TryParse(Text(value), out _) ? act with { Tag = Text(value) } : null,
            "duration" => Span(value) is { } span ? act with { Duration = span } : null,
            "severity" => Number(value, 0, 1) is { } severity ? act with { Severity = severity } : null,
            "percent" => Number(value, -50, 50) is { } percent ? act with { Percent = percent } : null,
            "km" => Number(value, 0.1, 500) is { } kilometres ? act with { Kilometres = kilometres } : null,
            "kg" => Number(value, 1, 100_000) is { } kilograms ? act with { Kilograms = kilograms } : null,
            "lot" => Text(value) is { } lot ? act with { Lot = lot } : null,
            "reference" => Text(value) is { } reference ? act with { Reference = reference } : null,
            "cutTags" => Flag(value) is { } cut ? act with { CutTags = cut } : null,
            "weighed" => Flag(value) is { } weighed ? act with { Weighed = weighed } : null,
            "backwards" => Flag(value) is { } backwards ? act with { Backwards = backwards } : null,
            _ => null,
        };
        problem = read is null ? Expected(field) : "";
        act = read ?? act;
        return read is not null;
    }

    private static string Expected(string field) => field switch
    {
        "at" => "must be a duration such as \"PT1H30M\" since the start, or an instant such as \"2026-11-22T08:00:00Z\"",
        "device" => "must be a device id: 1 to 16 of a-z, 0-9 and -",
        "pen" => "must be a pen's number, from 1",
        "count" => $"must be a whole number from 1 to {MaxCount}",
        "tags" => "must be an array of 15-digit tag numbers, at least one",
        "tag" => "must be a 15-digit tag number",
        "duration" => "must be a duration such as \"PT30M\", longer than nothing",
        "severity" => "must be a number from 0 to 1",
        "percent" => "must be a number from -50 to 50",
        "km" => "must be a number from 0.1 to 500",
        "kg" => "must be a number from 1 to 100000",
        "cutTags" or "weighed" or "backwards" => "must be true or false",
        "do" or "site" or "lot" or "reference" => $"must be a text of 1 to {MaxTextLength} characters",
        _ => $"is not a field; fields are {string.Join(", ", Known)}",
    };

    private static ScenarioAct? ReadAt(JsonElement value, ScenarioAct act)
    {
        string? text = Text(value);
        if (text is null)
        {
            return null;
        }

        if (TrySpan(text, out TimeSpan after) && after >= TimeSpan.Zero)
        {
            return act with { After = after, At = null };
        }

        // An instant without an offset would mean another time on another machine.
        bool offset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 10;
        return offset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at)
            ? act with { At = at.ToUniversalTime(), After = null }
            : null;
    }

    private static TimeSpan? Span(JsonElement value) =>
        Text(value) is { } text && TrySpan(text, out TimeSpan span) && span > TimeSpan.Zero ? span : null;

    private static bool TrySpan(string text, out TimeSpan span)
    {
        span = default;
        if (text.Length > MaxTextLength || !text.StartsWith('P'))
        {
            return false;
        }

        try
        {
            span = XmlConvert.ToTimeSpan(text);
            return span <= MaxDuration;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxTextLength } text ? text : null;

    private static int? Whole(JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= least && number <= most ? number : null;

    private static double? Number(JsonElement value, double least, double most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most ? number : null;

    private static bool? Flag(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static IReadOnlyList<string>? Tags(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 or > MaxCount)
        {
            return null;
        }

        var tags = new List<string>();
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (!TagNumber.TryParse(Text(item), out _))
            {
                return null;
            }

            tags.Add(item.GetString()!);
        }

        return tags;
    }
}
