using System.Security.Cryptography;
using System.Text.Json;
using Earmark.Silo.Devices;

namespace Earmark.Host.Backups;

/// <summary>What lies in a backup and what it must prove to be when it is restored: backup.json.</summary>
/// <param name="OneInstant">All files as of the same instant; else read one after the other under too many commits.</param>
/// <param name="MasterKeyCheck">Tells the right master key from a wrong one and gives nothing of it away; null where the folder had none.</param>
internal sealed record BackupManifest(
    int Format, DateTimeOffset TakenAt, bool OneInstant, string? MasterKeyCheck, IReadOnlyList<BackupFile> Files, FolderProof Proof)
{
    public const string FileName = "backup.json";
    public const int CurrentFormat = 1;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private static readonly byte[] CheckedText = "earmark backup: is this the master key?"u8.ToArray();

    public void Write(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, FileName), FileMode.CreateNew, FileAccess.Write);
        JsonSerializer.Serialize(file, this, Json);
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="InvalidDataException">There is none, or it is of another format.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"There is no backup in {folder} (no {FileName}).");
        }

        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(File.ReadAllText(path), Json);
            return manifest is { Format: CurrentFormat, Files: not null, Proof: not null }
                ? manifest
                : throw new InvalidDataException($"{path} is of format {manifest?.Format}; this Earmark reads {CurrentFormat}.");
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} can't be read: {broken.Message}", broken);
        }
    }

    /// <summary>Null where the folder has no master key.</summary>
    public static string? CheckOfKey(string folder)
    {
        var path = Path.Combine(folder, MasterKey.FileName);
        return File.Exists(path) ? Convert.ToHexStringLower(HMACSHA256.HashData(File.ReadAllBytes(path), CheckedText)) : null;
    }
}

/// <param name="Sha256">Lower-case hex.</param>
internal sealed record BackupFile(string Name, long Bytes, string Sha256)
{
    public static BackupFile Of(string folder, string name)
    {
        using var file = File.OpenRead(Path.Combine(folder, name));
        return new BackupFile(name, file.Length, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
