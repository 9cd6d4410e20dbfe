using System.CommandLine;
using Earmark.Host.Running;

namespace Earmark.Host.Commands;

/// <summary><c>earmark rebuild</c>: verifies every chain and computes every site again from its journal. In a data folder Earmark must be stopped; a cluster may run.</summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Data folder, when there is no PostgreSQL.", DefaultValueFactory = _ => "./data" };
        var postgres = new PostgresOption();
        var command = new Command("rebuild", "Recomputes every site from its journal and prints a line a site.") { data };
        postgres.AddTo(command, required: false);
        command.SetAction((parsed, cancel) => postgres.Read(parsed) is { } cluster
            ? Rebuilding.RunAsync(cluster, cancel)
            : Rebuilding.RunAsync(Path.GetFullPath(parsed.GetValue(data)!), cancel));
        return command;
    }
}
