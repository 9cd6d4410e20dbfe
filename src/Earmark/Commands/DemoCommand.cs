using System.CommandLine;
using Earmark.Host.Demo;
using Earmark.Host.Running;

namespace Earmark.Host.Commands;

/// <summary><c>earmark demo</c>: puts the demo's bank, herd, goods and loans into a running cluster, through its own front doors.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var mqtt = new Option<string>("--mqtt") { Description = "A gateway of the cluster, HOST:PORT.", DefaultValueFactory = _ => "127.0.0.1:1883" };
        var data = new Option<string>("--data") { Description = "Folder for the demo's keys and device credentials.", DefaultValueFactory = _ => "./demo" };
        var cattle = new Option<int>("--cattle") { Description = "Head of the demo ranch.", DefaultValueFactory = _ => RunOptions.DefaultCattle };
        var speed = new Option<double?>("--speed") { Description = $"Domain seconds per real second for the whole cluster, above 0 and at most {RunOptions.MaximumSpeed}; set once and for good. Real devices are then refused." };
        mqtt.Validators.Add(result =>
        {
            if (!TryRead(result.GetValueOrDefault<string>(), out _, out _))
            {
                result.AddError("--mqtt is HOST:PORT.");
            }
        });
        cattle.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > RunOptions.MaximumCattle)
            {
                result.AddError($"--cattle must be 1 to {RunOptions.MaximumCattle}.");
            }
        });
        speed.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is <= 0 or > RunOptions.MaximumSpeed)
            {
                result.AddError($"--speed must be above 0 and at most {RunOptions.MaximumSpeed}.");
            }
        });
        var postgres = new PostgresOption();
        var command = new Command("demo", "Prepares the demo in a running cluster: a bank, three sites, three facilities, people with passwords of their own.") { mqtt, data, cattle, speed };
        postgres.AddTo(command, required: true);
        command.SetAction((parsed, cancel) =>
        {
            _ = TryRead(parsed.GetValue(mqtt), out var host, out var port);
            var options = new RunOptions(0, port, Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(speed), null, false, parsed.GetValue(cattle), null) { MqttHost = host };
            return ClusterDemo.RunAsync(postgres.Read(parsed)!, options, cancel);
        });
        return command;
    }

    private static bool TryRead(string? text, out string host, out int port)
    {
        var colon = text?.LastIndexOf(':') ?? -1;
        (host, port) = (colon > 0 ? text![..colon] : "", 0);
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), out port) && port is >= 1 and <= RoleOptions.HighestPort;
    }
}
