using Earmark.Host.Demo;
using Earmark.Silo.Devices;
using Earmark.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Earmark.Host.Backups;

/// <summary><c>earmark backup</c>: copies, proves the copy, and only then gives it its name.</summary>
internal static class Backup
{
    public const int Failed = 1;
    public const int Refused = 2;

    /// <summary>After the databases: the domain's clock is never behind their entries.</summary>
    private static readonly string[] PlainFiles = ["clock.json", DemoFiles.Done];

    /// <summary>Secrets in clear.</summary>
    public static readonly string[] KeptApart = [MasterKey.FileName, "webhook.secret", DemoFiles.Keys, DemoFiles.Devices];

    public static async Task<int> RunAsync(string dataFolder, string target, TimeProvider time, CancellationToken cancel)
    {
        if (!File.Exists(Path.Combine(dataFolder, "journal.db")))
        {
            return Refuse($"There is no journal in {dataFolder}. (On PostgreSQL back up with pg_dump; docs/operations.md says how.)");
        }

        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            return Refuse($"{target} is not empty; a backup goes into a new folder.");
        }

        try
        {
            await using var unfinished = Unfinished.Beside(target);
            var manifest = await FillAsync(dataFolder, unfinished.Folder, time, cancel);
            if (manifest.Proof.Unbalanced().ToArray() is { Length: > 0 } wrong)
            {
                return Fail(wrong);
            }

            unfinished.Finish();
            Tell(dataFolder, target, manifest);
            return 0;
        }
        catch (Exception failure) when (failure is InvalidDataException or SqliteException or IOException or UnauthorizedAccessException)
        {
            return Fail([failure.Message]);
        }
    }

    private static async Task<BackupManifest> FillAsync(string dataFolder, string folder, TimeProvider time, CancellationToken cancel)
    {
        var (copied, oneInstant) = SqliteCopies.Make(dataFolder, folder, cancel);
        var plain = PlainFiles.Where(name => File.Exists(Path.Combine(dataFolder, name))).ToArray();
        foreach (var name in plain)
        {
            File.Copy(Path.Combine(dataFolder, name), Path.Combine(folder, name));
        }

        // Opening a copy brings it to this version's schema, so the files are hashed after they were proved.
        var proof = await FolderProof.OfAsync(folder, cancel);
        SqliteCopies.Settle(folder);
        var manifest = new BackupManifest(
            BackupManifest.CurrentFormat,
            time.GetUtcNow(),
            oneInstant,
            BackupManifest.CheckOfKey(dataFolder),
            [.. copied.Concat(plain).Select(name => BackupFile.Of(folder, name))],
            proof);
        manifest.Write(folder);
        return manifest;
    }

    private static void Tell(string dataFolder, string target, BackupManifest manifest)
    {
        Console.WriteLine($"Backed up to {target}: {manifest.Files.Count} files, {manifest.Files.Sum(file => file.Bytes):N0} bytes, "
            + $"{manifest.Proof.Sites.Count} sites recomputed, {manifest.Proof.Ledgers.Count} ledgers sum to zero.");
        if (!manifest.OneInstant)
        {
            Console.WriteLine("Earmark was too busy for one instant: the Book is milliseconds older than the journal.");
        }

        var apart = KeptApart.Where(name => File.Exists(Path.Combine(dataFolder, name))).ToArray();
        Console.WriteLine($"NOT in it, because they are secrets in clear: {string.Join(", ", apart)}. Keep them apart and safe; "
            + $"without {MasterKey.FileName} no device's frame key can ever be read again.");
    }

    internal static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return Refused;
    }

    internal static int Fail(IEnumerable<string> reasons)
    {
        foreach (var reason in reasons)
        {
            Console.Error.WriteLine(reason);
        }

        return Failed;
    }
}
