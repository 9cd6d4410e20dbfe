using System.Text.Json;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.IcarAde;

/// <summary>Reads a resource. Fields that Earmark has no use for are passed over; those it needs are checked.</summary>
internal sealed class IcarReader(JsonElement root)
{
    public const int MaxBytes = 65_536;
    private const int MaxFeeds = 100;
    private const int LongestText = 200;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };
    private static readonly string[] MassUnits = ["KGM", "GRM", "LBR", "TNE", "MGM", "ONZ"];
    private static readonly string[] TimeUnits = ["SEC", "MIN"];
    private static readonly string[] Methods = ["LoadCell", "Girth", "Assessed", "WalkOver", "Predicted", "Imaged", "FrontEndCorrelated", "GroupAverage"];

    private string? _wrong;

    public static IcarResource? Read(ReadOnlySpan<byte> json, out Refusal refusal)
    {
        refusal = json.Length > MaxBytes ? new(WireReasons.Oversize, MaxBytes) : json.IsEmpty || json[0] != (byte)'{' ? new(IcarReasons.NotJson, 0) : default;
        if (!refusal.IsNone)
        {
            return null;
        }
        try
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray(), Options);
            IcarReader reader = new(document.RootElement);
            IcarResource? read = reader.Resource();
            refusal = read is null || reader._wrong is not null ? new Refusal(reader._wrong ?? IcarReasons.UnknownResource, 0) : default;
            return refusal.IsNone ? read : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException)
        {
            // Invalid text inside a string comes as the last two.
            long at = error is JsonException { LineNumber: 0, BytePositionInLine: { } position } ? position : 0;
            refusal = new Refusal(IcarReasons.NotJson, (int)Math.Min(at, json.Length));
            return null;
        }
    }

    private IcarResource? Resource()
    {
        string type = Text(root, "resourceType", IcarReasons.UnknownResource) ?? "";
        return type[(type.LastIndexOf('/') + 1)..] switch
        {
            "icarWeightEventResource" => Weight(),
            "icarFeedIntakeEventResource" => FeedIntake(),
            "icarRationResource" => Ration(),
            _ => null,
        };
    }

    private IcarWeightEvent Weight()
    {
        JsonElement? weight = Object(root, "weight", IcarReasons.BadWeight);
        string method = weight is { } measured ? Text(measured, "method", IcarReasons.BadWeight) ?? Methods[0] : Methods[0];
        IcarQuantity quantity = Quantity(weight, "measurement", "units", MassUnits, "KGM", IcarReasons.BadWeight);
        decimal? resolution = weight is { } of ? Number(of, "resolution", IcarReasons.BadWeight, required: false) : null;
        Refuse(!Methods.Contains(method) || resolution < 0, IcarReasons.BadWeight);
        return new IcarWeightEvent(
            Text(root, "id", IcarReasons.BadId), Identifier(root, "animal", IcarReasons.BadAnimal), Time("eventDateTime"), quantity, method, resolution, Device());
    }

    private IcarFeedIntakeEvent FeedIntake()
    {
        IcarQuantity duration = Quantity(Object(root, "feedVisitDuration", IcarReasons.BadDuration), "value", "unitCode", TimeUnits, "SEC", IcarReasons.BadDuration);
        List<IcarConsumedFeed> feeds = [];
        foreach (JsonElement feed in Items("consumedFeed"))
        {
            bool measured = feed.ValueKind == JsonValueKind.Object && feed.TryGetProperty("feedConsumption", out _);
            feeds.Add(new IcarConsumedFeed(
                Identifier(feed, "feedId", IcarReasons.BadFeed),
                measured ? Quantity(Object(feed, "feedConsumption", IcarReasons.BadFeed), "value", "unitCode", MassUnits, null, IcarReasons.BadFeed) : null));
        }
        string starting = root.TryGetProperty("feedingStartingDateTime", out _) ? "feedingStartingDateTime" : "eventDateTime";
        return new IcarFeedIntakeEvent(Text(root, "id", IcarReasons.BadId), Identifier(root, "animal", IcarReasons.BadAnimal), Time(starting), duration, feeds, Device());
    }

    private IcarRation Ration()
    {
        string? id = Text(root, "id", IcarReasons.BadId);
        Refuse(string.IsNullOrEmpty(id), IcarReasons.BadId);
        List<IcarRationFeed> feeds = [];
        foreach (JsonElement feed in Items("feeds"))
        {
            decimal percentage = Number(feed, "percentage", IcarReasons.BadFeed, required: true) ?? 0;
            Refuse(percentage is < 0 or > 100, IcarReasons.BadFeed);
            feeds.Add(new IcarRationFeed(Identifier(feed, "feedId", IcarReasons.BadFeed), percentage));
        }
        return new IcarRation(id ?? "", Text(root, "name", IcarReasons.BadId), feeds);
    }

    private string? Device() => root.TryGetProperty("device", out JsonElement device) && device.ValueKind == JsonValueKind.Object ? Text(device, "id", IcarReasons.BadDevice) : null;

    private IcarIdentifier Identifier(JsonElement of, string field, string reason)
    {
        JsonElement? identifier = Object(of, field, reason);
        string? id = identifier is { } inside ? Text(inside, "id", reason) : null;
        string? scheme = identifier is { } same ? Text(same, "scheme", reason) : null;
        Refuse(string.IsNullOrEmpty(id) || string.IsNullOrEmpty(scheme), reason);
        return new IcarIdentifier(id ?? "", scheme ?? "");
    }

    private IcarQuantity Quantity(JsonElement? of, string value, string unit, string[] units, string? usual, string reason)
    {
        decimal? number = of is { } quantity ? Number(quantity, value, reason, required: true) : null;
        string? code = of is { } same ? Text(same, unit, reason) ?? usual : null;
        Refuse(number is null or < 0 || code is null || !units.Contains(code), reason);
        return new IcarQuantity(number ?? 0, code ?? "");
    }

    /// <summary>ISO 8601 with its zone, which the standard demands.</summary>
    private DateTimeOffset Time(string field)
    {
        bool good = root.TryGetProperty(field, out JsonElement element) && element.ValueKind == JsonValueKind.String && element.TryGetDateTimeOffset(out _);
        string text = good ? element.GetString()! : "";
        int clock = text.IndexOf('T', StringComparison.Ordinal);
        good = good && clock > 0 && (text.EndsWith('Z') || text.AsSpan(clock).IndexOfAny('+', '-') > 0);
        Refuse(!good, WireReasons.BadTime);
        return good ? element.GetDateTimeOffset().ToUniversalTime() : default;
    }

    private JsonElement[] Items(string field)
    {
        if (!root.TryGetProperty(field, out JsonElement list))
        {
            return [];
        }
        bool good = list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= MaxFeeds;
        Refuse(!good, IcarReasons.BadFeed);
        return good ? [.. list.EnumerateArray()] : [];
    }

    private JsonElement? Object(JsonElement of, string field, string reason)
    {
        JsonElement inside = default;
        bool good = of.ValueKind == JsonValueKind.Object && of.TryGetProperty(field, out inside) && inside.ValueKind == JsonValueKind.Object;
        Refuse(!good, reason);
        return good ? inside : null;
    }

    /// <summary>Null when missing.</summary>
    private string? Text(JsonElement of, string field, string reason)
    {
        if (!of.TryGetProperty(field, out JsonElement element) || element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        string? text = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
        Refuse(text is null || text.Length > LongestText, reason);
        return text;
    }

    private decimal? Number(JsonElement of, string field, string reason, bool required)
    {
        decimal number = 0;
        JsonElement element = default;
        bool present = of.ValueKind == JsonValueKind.Object && of.TryGetProperty(field, out element);
        bool good = present && element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out number);
        Refuse(!good && (present || required), reason);
        return good ? number : null;
    }

    private void Refuse(bool wrong, string reason) => _wrong ??= wrong ? reason : null;
}
