using Earmark.Contracts.Time;
using Earmark.Gateway;
using Earmark.Gateway.Broker;
using Earmark.Storage.Influx;

namespace Earmark.Host.Running;

/// <summary>What <c>earmark run</c> was asked for.</summary>
/// <param name="Speed">Domain seconds per real second; null keeps what the data folder has (1 at first).</param>
/// <param name="Mode">Real, scaled (a speed other than 1) or stepped; null keeps what the data folder has.</param>
/// <param name="Simulate">Runs the demo's devices inside the process.</param>
/// <param name="Cattle">Head of the demo ranch; only the first start asks for it.</param>
/// <param name="JsonLog">One JSON object a line, for a collector of logs.</param>
/// <param name="Dashboard">Orleans' dashboard at /orleans, for development.</param>
/// <param name="Broker">An outside broker devices use beside our own MQTT port; null for none.</param>
/// <param name="MqttTls">A second MQTT port, with TLS; null for none.</param>
/// <param name="Influx">Where History lives; null keeps it in the data folder.</param>
public sealed record RunOptions(
    int Port,
    int MqttPort,
    string DataFolder,
    double? Speed,
    ClockMode? Mode,
    bool Simulate,
    int Cattle,
    string? WebhookUrl,
    InfluxOptions? Influx = null,
    bool JsonLog = false,
    bool Dashboard = false,
    BrokerOptions? Broker = null,
    (DoorTls Tls, int Port)? MqttTls = null)
{
    /// <summary>Where the demo's opening count goes.</summary>
    public string MqttHost { get; init; } = "127.0.0.1";

    public const int DefaultPort = 8080;
    public const int DefaultMqttPort = 1883;
    public const int DefaultCattle = 2_000;
    public const int MaximumCattle = 200_000;
    /// <summary>A minute of domain time is then a tenth of a second: the keeper still ticks every site within what its reports are valid for.</summary>
    public const double MaximumSpeed = 600;
}
