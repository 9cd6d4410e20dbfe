using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Earmark.Portal.Assets;

/// <summary>
/// CSS, icons and islands, embedded in this assembly so that they cannot differ from the pages that use them. Their
/// address holds a hash over all of them: a browser keeps them for good and a new build has new addresses.
/// </summary>
public static class PortalAssets
{
    private const string Folder = "wwwroot/";

    private static readonly FrozenDictionary<string, PortalAsset> All = Load();

    /// <summary>First 12 hex digits of SHA-256 over names and contents.</summary>
    public static string Version { get; } = Fingerprint();

    /// <summary>The address of an asset, e.g. <c>css/earmark.css</c>.</summary>
    public static string Url(string name) => $"/assets/{Version}/{name}";

    internal static PortalAsset? Find(string name) => All.GetValueOrDefault(name);

    private static FrozenDictionary<string, PortalAsset> Load()
    {
        var assembly = typeof(PortalAssets).Assembly;
        var found = new Dictionary<string, PortalAsset>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            found[resource[Folder.Length..]] = PortalAsset.Of(resource, bytes.ToArray());
        }

        return found.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, asset) in All.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(name));
            hash.AppendData(asset.Plain);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }
}

/// <param name="Brotli">The same, compressed once at start; null where it would not be smaller.</param>
internal sealed record PortalAsset(string ContentType, byte[] Plain, byte[]? Brotli)
{
    public static PortalAsset Of(string name, byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            brotli.Write(plain);
        }

        return new PortalAsset(TypeOf(name), plain, packed.Length < plain.Length ? packed.ToArray() : null);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".json" => "application/json",
        ".webmanifest" => "application/manifest+json",
        _ => "text/plain; charset=utf-8",
    };
}
