using System.CommandLine;
using Earmark.Host.Commands;

var root = new RootCommand("Earmark: lending against things that move and live.")
{
    RunCommand.Create(),
    SimCommand.Create(),
    DecodeCommand.Create(),
    EncodeCommand.Create(),
    DeviceCommand.Create(),
    RebuildCommand.Create(),
    BackupCommand.Create(),
    BackupCommand.CreateRestore(),
    ForecastCommand.Create(),
};

// Ctrl-C waits for what is in hand; by default the process would be ended after two seconds, which a busy machine needs to stop in order.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
