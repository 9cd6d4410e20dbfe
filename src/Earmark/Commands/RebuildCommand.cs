using System.CommandLine;
using Earmark.Host.Running;

namespace Earmark.Host.Commands;

/// <summary><c>earmark rebuild</c>: verifies every chain and computes every site again from its journal. Needs Earmark stopped.</summary>
internal static class RebuildCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Data folder.", DefaultValueFactory = _ => "./data" };
        var command = new Command("rebuild", "Recomputes every site from its journal and prints a line a site.") { data };
        command.SetAction((parsed, cancel) => Rebuilding.RunAsync(Path.GetFullPath(parsed.GetValue(data)!), cancel));
        return command;
    }
}
