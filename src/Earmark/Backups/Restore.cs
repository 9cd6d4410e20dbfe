using Earmark.Silo.Devices;
using Microsoft.Data.Sqlite;

namespace Earmark.Host.Backups;

/// <summary><c>earmark restore</c>: into an empty place, proved before it can be started.</summary>
internal static class Restore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static async Task<int> RunAsync(string backup, string secrets, string dataFolder, CancellationToken cancel)
    {
        try
        {
            var manifest = BackupManifest.Read(backup);
            if (Directory.Exists(dataFolder) && Directory.EnumerateFileSystemEntries(dataFolder).Any())
            {
                return Backup.Refuse($"{dataFolder} is not empty; restore into a new folder. Nothing was changed.");
            }

            if (manifest.MasterKeyCheck is not null && BackupManifest.CheckOfKey(secrets) != manifest.MasterKeyCheck)
            {
                return Backup.Refuse(File.Exists(Path.Combine(secrets, MasterKey.FileName))
                    ? $"The {MasterKey.FileName} in {secrets} is not the one this backup was made under."
                    : $"There is no {MasterKey.FileName} in {secrets}. It is kept apart from backups; without it no device's frame key can be read.");
            }

            return await RestoreAsync(manifest, backup, secrets, dataFolder, cancel);
        }
        catch (Exception failure) when (failure is InvalidDataException or SqliteException or IOException or UnauthorizedAccessException)
        {
            return Backup.Fail([failure.Message]);
        }
    }

    private static async Task<int> RestoreAsync(BackupManifest manifest, string backup, string secrets, string dataFolder, CancellationToken cancel)
    {
        var damaged = manifest.Files.Where(file => Path.GetFileName(file.Name) != file.Name || !File.Exists(Path.Combine(backup, file.Name)) || BackupFile.Of(backup, file.Name) != file)
            .Select(file => $"{file.Name} of the backup is missing or is not what was backed up.").ToArray();
        if (damaged.Length > 0)
        {
            return Backup.Fail(damaged);
        }

        await using var unfinished = Unfinished.Beside(dataFolder);
        foreach (var file in manifest.Files)
        {
            File.Copy(Path.Combine(backup, file.Name), Path.Combine(unfinished.Folder, file.Name));
        }

        var proof = await FolderProof.OfAsync(unfinished.Folder, cancel);
        var wrong = manifest.Proof.Differences(proof).Concat(proof.Unbalanced()).ToArray();
        if (wrong.Length > 0)
        {
            return Backup.Fail(wrong);
        }

        foreach (var name in Backup.KeptApart.Where(name => File.Exists(Path.Combine(secrets, name))))
        {
            var path = Path.Combine(unfinished.Folder, name);
            File.Copy(Path.Combine(secrets, name), path);
            File.SetUnixFileMode(path, OwnerOnly);
        }

        unfinished.Finish();
        Console.WriteLine($"Restored to {dataFolder} as of {manifest.TakenAt:u}: {proof.Sites.Count} sites recomputed to the states of the backup, "
            + $"{proof.Ledgers.Count} ledgers sum to zero. What was acknowledged after that instant is not in it.");
        return 0;
    }
}
