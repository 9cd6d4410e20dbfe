using System.CommandLine;
using System.Net;
using Earmark.Contracts.Time;
using Earmark.Host.Running;

namespace Earmark.Host.Commands;

/// <summary><c>earmark run</c>: everything in one process.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Description = "Portal and API, on 127.0.0.1.", DefaultValueFactory = _ => RunOptions.DefaultPort };
        var mqttPort = new Option<int>("--mqtt-port") { Description = "Devices (MQTT), on 127.0.0.1.", DefaultValueFactory = _ => RunOptions.DefaultMqttPort };
        var data = new Option<string>("--data") { Description = "Data folder.", DefaultValueFactory = _ => "./data" };
        var speed = new Option<double?>("--speed") { Description = $"Domain seconds per real second, above 0 and at most {RunOptions.MaximumSpeed}." };
        var clock = new Option<string?>("--clock") { Description = "real, scaled or stepped; the data folder keeps it." };
        var noSim = new Option<bool>("--no-sim") { Description = "Do not simulate the demo's devices in this process." };
        var cattle = new Option<int>("--cattle") { Description = "Head of the demo ranch at the first start.", DefaultValueFactory = _ => RunOptions.DefaultCattle };
        var webhook = new Option<string?>("--webhook") { Description = "Where margin calls are posted (http on loopback, else https)." };
        var influx = new InfluxOption();
        var log = new Option<string>("--log") { Description = "How the log is written: text or json.", DefaultValueFactory = _ => "text" };
        var dashboard = new Option<bool>("--dashboard") { Description = "Orleans' dashboard at /orleans, for development." };
        log.AcceptOnlyFromAmong("text", "json");
        var (broker, tls) = (new BrokerItems(), new DoorTlsItems());
        clock.AcceptOnlyFromAmong("real", "scaled", "stepped");
        var command = new Command("run", "Runs gateway, silo, portal and (in the demo) the simulated devices in one process.")
        {
            port, mqttPort, data, speed, clock, noSim, cattle, webhook, log, dashboard,
        };
        influx.AddTo(command);
        broker.AddTo(command);
        tls.AddTo(command);
        RunChecks.AddRange(port, 1, IPEndPoint.MaxPort);
        RunChecks.AddRange(mqttPort, 1, IPEndPoint.MaxPort);
        RunChecks.AddRange(cattle, 1, RunOptions.MaximumCattle);
        RunChecks.AddSpeed(speed);
        RunChecks.AddWebhook(webhook);
        command.SetAction((parsed, cancel) =>
        {
            var options = new RunOptions(
                parsed.GetValue(port),
                parsed.GetValue(mqttPort),
                Path.GetFullPath(parsed.GetValue(data)!),
                parsed.GetValue(speed),
                Mode(parsed.GetValue(clock)),
                !parsed.GetValue(noSim),
                parsed.GetValue(cattle),
                parsed.GetValue(webhook),
                influx.Read(parsed),
                parsed.GetValue(log) == "json",
                parsed.GetValue(dashboard),
                broker.Read(parsed, Path.GetFullPath(parsed.GetValue(data)!)),
                tls.Read(parsed));
            return RunChecks.Clash(options) is { } clash ? Task.FromResult(EarmarkProcess.Refuse(clash)) : EarmarkProcess.RunAsync(options, cancel);
        });
        return command;
    }

    private static ClockMode? Mode(string? name) => name switch
    {
        "real" => ClockMode.Real,
        "scaled" => ClockMode.Scaled,
        "stepped" => ClockMode.Stepped,
        _ => null,
    };
}
