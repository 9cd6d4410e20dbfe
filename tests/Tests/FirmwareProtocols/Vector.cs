using System.Text.Json;

namespace Earmark.Tests.FirmwareProtocols;

/// <summary>One entry of a vectors.json of a native kind: a frame and either its decoded line or its refusal. Files of public protocols have no key.</summary>
public sealed record Vector(string Folder, string Name, string Hex, string KeyHex, string? Line, string? Reason, int Offset)
{
    /// <summary>All vectors of all folders; a folder without a file would show in the count of folders.</summary>
    public static IReadOnlyList<Vector> All { get; } = [.. Folders().SelectMany(Read)];

    public override string ToString() => $"{Folder}: {Name}";

    private static IEnumerable<string> Folders() => typeof(Vector).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("vectors/", StringComparison.Ordinal));

    private static List<Vector> Read(string resource)
    {
        using Stream stream = typeof(Vector).Assembly.GetManifestResourceStream(resource)!;
        using JsonDocument file = JsonDocument.Parse(stream);
        if (!file.RootElement.TryGetProperty("keyHex", out JsonElement keyHex))
        {
            return [];
        }
        string key = keyHex.GetString()!;
        return [.. file.RootElement.GetProperty("vectors").EnumerateArray().Select(entry => new Vector(
            resource.Split('/')[1],
            entry.GetProperty("name").GetString()!,
            entry.GetProperty("hex").GetString()!,
            key,
            entry.TryGetProperty("line", out JsonElement line) ? line.GetRawText() : null,
            entry.TryGetProperty("reason", out JsonElement reason) ? reason.GetString() : null,
            entry.TryGetProperty("offset", out JsonElement offset) ? offset.GetInt32() : 0))];
    }
}
