using System.CommandLine;
using Earmark.Host.Backups;

namespace Earmark.Host.Commands;

/// <summary><c>earmark backup</c> and <c>earmark restore</c>, of embedded stores.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Data folder; Earmark may be running on it.", DefaultValueFactory = _ => "./data" };
        var to = new Option<string>("--to") { Description = "New folder for the backup.", Required = true };
        var command = new Command("backup", "Copies the stores as of one instant and proves the copy. Secrets in clear stay out of it.") { data, to };
        command.SetAction((parsed, cancel) => Backup.RunAsync(
            Path.GetFullPath(parsed.GetValue(data)!), Path.GetFullPath(parsed.GetValue(to)!), TimeProvider.System, cancel));
        return command;
    }

    public static Command CreateRestore()
    {
        var from = new Option<string>("--from") { Description = "Folder of the backup.", Required = true };
        var secrets = new Option<string>("--secrets") { Description = "Folder with master.key and what else is kept apart from backups.", Required = true };
        var data = new Option<string>("--data") { Description = "New data folder.", Required = true };
        var command = new Command("restore", "Restores a backup into an empty place, recomputing every site and ledger first.") { from, secrets, data };
        command.SetAction((parsed, cancel) => Restore.RunAsync(
            Path.GetFullPath(parsed.GetValue(from)!), Path.GetFullPath(parsed.GetValue(secrets)!), Path.GetFullPath(parsed.GetValue(data)!), cancel));
        return command;
    }
}
