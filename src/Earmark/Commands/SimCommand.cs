using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Earmark.Host.Commands;

/// <summary><c>earmark sim</c>: the simulated devices beside any Earmark; the simulator reads its own options.</summary>
internal static class SimCommand
{
    public static Command Create()
    {
        var command = new Command("sim", "Runs simulated devices against an Earmark; earmark sim --help lists its options.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Add(new HelpOption { Action = new Usage() });
        command.SetAction((parsed, cancel) => DeviceSim.SimCommand.RunAsync([.. parsed.UnmatchedTokens], cancel));
        return command;
    }

    // Its options are not declared here, so the usual help would show none of them.
    private sealed class Usage : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine(DeviceSim.SimulatorOptions.Usage);
            return 0;
        }
    }
}
