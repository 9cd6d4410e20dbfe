using System.Globalization;
using System.Text.Json;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.Tests.FirmwareProtocols.Wire;

/// <summary>One entry of a vectors.json of a public protocol.</summary>
public sealed record ProtocolVector(
    string Folder, string Name, string Protocol, ProtocolSettings Settings, byte[] Item, byte[] Rewritten, string? Line, string? Reason, int Offset)
{
    public static IReadOnlyList<ProtocolVector> All { get; } = [.. Files().SelectMany(Read)];

    public Protocol Codec => Protocols.TryGet(Protocol, out Protocol? codec) ? codec : throw new InvalidDataException(Protocol);

    public override string ToString() => $"{Protocol}: {Name}";

    private static IEnumerable<string> Files() => typeof(ProtocolVector).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("vectors/", StringComparison.Ordinal));

    private static List<ProtocolVector> Read(string resource)
    {
        using Stream stream = typeof(ProtocolVector).Assembly.GetManifestResourceStream(resource)!;
        using JsonDocument file = JsonDocument.Parse(stream);
        return file.RootElement.TryGetProperty("keyHex", out _)
            ? []
            : [.. file.RootElement.GetProperty("vectors").EnumerateArray().Select(entry => Read(resource.Split('/')[1], entry))];
    }

    private static ProtocolVector Read(string folder, JsonElement entry)
    {
        bool text = entry.TryGetProperty("text", out JsonElement item);
        item = text ? item : entry.GetProperty("hex");
        byte[] bytes = Bytes(item, text);
        return new ProtocolVector(
            folder,
            entry.GetProperty("name").GetString()!,
            entry.GetProperty("protocol").GetString()!,
            ReadSettings(entry),
            bytes,
            entry.TryGetProperty("rewritten", out JsonElement rewritten) ? Bytes(rewritten, text) : bytes,
            entry.TryGetProperty("line", out JsonElement line) ? line.GetRawText() : null,
            entry.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null,
            entry.TryGetProperty("offset", out JsonElement offset) ? offset.GetInt32() : 0);
    }

    private static byte[] Bytes(JsonElement item, bool text) => text ? System.Text.Encoding.UTF8.GetBytes(item.GetString()!) : Convert.FromHexString(item.GetString()!);

    private static ProtocolSettings ReadSettings(JsonElement entry)
    {
        ProtocolSettings settings = ProtocolSettings.Default;
        if (!entry.TryGetProperty("settings", out JsonElement given))
        {
            return settings;
        }
        foreach (JsonProperty property in given.EnumerateObject())
        {
            settings = property.Name switch
            {
                "lenient" => settings with { Lenient = property.Value.GetBoolean() },
                "zone" => settings with { Zone = TimeSpan.Parse(property.Value.GetString()!.TrimStart('+'), CultureInfo.InvariantCulture) },
                "unit" => settings with { Unit = WeightUnits.TryParse(property.Value.GetString(), out WeightUnit unit) ? unit : 0 },
                "decimals" => settings with { Decimals = property.Value.GetInt32() },
                "lowWordFirst" => settings with { LowWordFirst = property.Value.GetBoolean() },
                _ => throw new InvalidDataException(property.Name),
            };
        }
        return settings;
    }
}
