using System.CommandLine;

namespace Earmark.Host.Commands;

/// <summary><c>earmark sim</c>: the simulated devices beside any Earmark; the simulator reads its own options.</summary>
internal static class SimCommand
{
    public static Command Create()
    {
        var command = new Command("sim", "Runs simulated devices against an Earmark: --mqtt HOST:PORT --devices FILE --seed N --script FILE --clock URL …")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        command.SetAction((parsed, cancel) => DeviceSim.SimCommand.RunAsync([.. parsed.UnmatchedTokens], cancel));
        return command;
    }
}
