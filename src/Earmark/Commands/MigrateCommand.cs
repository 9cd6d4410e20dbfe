using System.CommandLine;
using Earmark.Host.Running;

namespace Earmark.Host.Commands;

/// <summary><c>earmark migrate</c>: brings the schemas forward before a start would, or only says what it would do.</summary>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Data folder, when there is no PostgreSQL.", DefaultValueFactory = _ => "./data" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done; change nothing." };
        var grant = new Option<string?>("--grant") { Description = "Also give this PostgreSQL role what running needs and no more: it can't change or delete what is posted." };
        var postgres = new PostgresOption();
        var command = new Command("migrate", "Brings the schemas of the stores forward to what this Earmark knows.") { data, dryRun, grant };
        postgres.AddTo(command, required: false);
        command.SetAction((parsed, cancel) => Migrating.RunAsync(
            postgres.Read(parsed), Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(dryRun), parsed.GetValue(grant), cancel));
        return command;
    }
}
