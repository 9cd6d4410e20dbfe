using System.Security.Cryptography;
using System.Text.Json;
using Earmark.Contracts.Devices;

namespace Earmark.Silo.Devices;

/// <summary>The frame keys of one device as its register row keeps them: JSON of key id → base64 of the sealed key.</summary>
internal static class FrameKeys
{
    public const int FirstKeyId = 1;
    public const int Bytes = 32;

    /// <summary>No keys: an ear tag that only base stations hear.</summary>
    public const string None = "{}";

    public static byte[] Make() => RandomNumberGenerator.GetBytes(Bytes);

    public static string Seal(MasterKey master, string deviceId, int keyId, ReadOnlySpan<byte> key) =>
        JsonSerializer.Serialize(new Dictionary<int, byte[]> { [keyId] = master.Seal(deviceId, keyId, key) });

    /// <exception cref="CryptographicException">sealed by another master key</exception>
    public static FrameKeyRow[] Open(MasterKey master, string deviceId, string sealedKeys)
    {
        var keys = JsonSerializer.Deserialize<Dictionary<int, byte[]>>(sealedKeys) ?? [];
        return [.. keys.OrderBy(key => key.Key).Select(key => new FrameKeyRow(key.Key, master.Open(deviceId, key.Key, key.Value)))];
    }
}
