using System.CommandLine;
using Earmark.Host.Commands;

// 1 is for what was understood and refused; a call that is itself wrong must be told apart from it.
const int Misused = 2;

var root = new RootCommand("Earmark: lending against things that move and live.")
{
    RunCommand.Create(),
    RoleCommands.Silo(),
    RoleCommands.Gateway(),
    RoleCommands.Portal(),
    DemoCommand.Create(),
    SimCommand.Create(),
    DecodeCommand.Create(),
    EncodeCommand.Create(),
    DeviceCommand.Create(),
    BrokerConfigCommand.Create(),
    RebuildCommand.Create(),
    JournalCommand.Create(),
    BackupCommand.Create(),
    BackupCommand.CreateRestore(),
    ForecastCommand.Create(),
    MigrateCommand.Create(),
    HealthCommand.Create(),
};

// Ctrl-C waits for what is in hand; by default the process would be ended after two seconds, which a busy machine needs to stop in order.
// A scale's line may begin with an @: it is not the name of a file with more arguments.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
var code = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
return parsed.Errors.Count > 0 ? Misused : code;
