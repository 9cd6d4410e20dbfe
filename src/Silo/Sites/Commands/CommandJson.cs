using System.Text.Json;
using System.Text.Json.Serialization;
using Earmark.Contracts.Sites;

namespace Earmark.Silo.Sites.Commands;

/// <summary>The form in which a command lies in the journal; published properties are never renamed or reused.</summary>
internal static class CommandJson
{
    public const int Version = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
    };

    public static byte[] Write(SiteCommand command) => JsonSerializer.SerializeToUtf8Bytes(command, Options);

    /// <exception cref="JsonException">not a command this version knows</exception>
    public static SiteCommand Read(ReadOnlySpan<byte> body) =>
        JsonSerializer.Deserialize<SiteCommand>(body, Options) ?? throw new JsonException("a command cannot be null");
}
