using System.CommandLine;
using System.Net;
using Earmark.Host.Cluster;
using Earmark.Host.Running;

namespace Earmark.Host.Commands;

/// <summary><c>earmark silo | gateway | portal</c>: the parts of <c>earmark run</c> as processes of their own, any number of each, around one PostgreSQL.</summary>
internal static class RoleCommands
{
    private const int SiloHealthPort = 8081;
    private const int GatewayHealthPort = 8082;
    private const string Json = "json";

    public static Command Silo()
    {
        var advertise = RoleOptions.Address("--advertise", "Address or name by which the other processes reach this silo; loopback keeps the cluster on this machine. Other addresses need a network of their own: what silos say to each other is not encrypted.");
        var siloPort = RoleOptions.Port("--silo-port", "Other silos connect here.", SiloPlace.DefaultSiloPort);
        var clientPort = RoleOptions.Port("--client-port", "Gateways and portals connect here.", SiloPlace.DefaultClientPort);
        var data = new Option<string>("--data") { Description = "Folder of this silo alone, for its mail.", DefaultValueFactory = _ => "./data" };
        var webhook = new Option<string?>("--webhook") { Description = $"Where margin calls are posted (http on loopback, else https), signed with the environment's {WebhookSecret.Variable}." };
        var (postgres, masterKey, influx, health) = (new PostgresOption(), new MasterKeyOption(), new InfluxOption(), new Listening("--health", SiloHealthPort));
        var log = Log();
        var command = new Command("silo", "One silo of a cluster: sites, devices, facilities. Brings the database's schema forward at its start.") { advertise, siloPort, clientPort, data, webhook, log };
        postgres.AddTo(command, required: true);
        masterKey.AddTo(command);
        health.AddTo(command);
        influx.AddTo(command);
        command.SetAction((parsed, cancel) => new SiloRole(
            postgres.Read(parsed)!,
            new SiloPlace(RoleOptions.ReadAddress(parsed, advertise), parsed.GetValue(siloPort), parsed.GetValue(clientPort)),
            masterKey.Read(parsed),
            Path.GetFullPath(parsed.GetValue(data)!),
            health.Read(parsed),
            influx.Read(parsed),
            WebhookSecret.Shared(parsed.GetValue(webhook)),
            parsed.GetValue(log) == Json).RunAsync(cancel));
        return command;
    }

    public static Command Gateway()
    {
        var data = new Option<string>("--data") { Description = "Folder of this gateway alone: with --broker its outbox and its name there, so it must outlive the process.", DefaultValueFactory = _ => "./data" };
        var (postgres, mqtt, health) = (new PostgresOption(), new Listening("--mqtt", 1883), new Listening("--health", GatewayHealthPort));
        var (tls, broker) = (new DoorTlsItems(), new BrokerItems());
        var log = Log();
        var command = new Command("gateway", "One gateway of a cluster: the devices' front door.") { data, log };
        postgres.AddTo(command, required: true);
        mqtt.AddTo(command);
        health.AddTo(command);
        tls.AddTo(command);
        broker.AddTo(command);
        command.SetAction((parsed, cancel) => new GatewayRole(
            postgres.Read(parsed)!,
            mqtt.Read(parsed),
            health.Read(parsed),
            tls.Read(parsed),
            broker.Read(parsed, Path.GetFullPath(parsed.GetValue(data)!)),
            parsed.GetValue(log) == Json).RunAsync(cancel));
        return command;
    }

    public static Command Portal()
    {
        var allowHttp = new Option<bool>("--allow-http") { Description = "Cookies also travel over plain HTTP: for loopback, or where only a TLS proxy can reach the address." };
        var (postgres, influx, http) = (new PostgresOption(), new InfluxOption(), new Listening("--http", RunOptions.DefaultPort));
        var log = Log();
        var command = new Command("portal", "One portal of a cluster: pages and API. Sign-ins hold at every portal of the cluster.") { allowHttp, log };
        postgres.AddTo(command, required: true);
        http.AddTo(command);
        influx.AddTo(command);
        command.SetAction((parsed, cancel) => new PortalRole(
            postgres.Read(parsed)!, http.Read(parsed), parsed.GetValue(allowHttp), influx.Read(parsed), parsed.GetValue(log) == Json).RunAsync(cancel));
        return command;
    }

    private static Option<string> Log()
    {
        var log = new Option<string>("--log") { Description = "How the log is written: text or json.", DefaultValueFactory = _ => "text" };
        log.AcceptOnlyFromAmong("text", Json);
        return log;
    }

    /// <summary><c>--NAME-port</c> and <c>--NAME-address</c>, on loopback unless told otherwise.</summary>
    private sealed class Listening(string name, int usualPort)
    {
        private readonly Option<int> port = RoleOptions.Port($"{name}-port", "Listens on this port …", usualPort);
        private readonly Option<string> address = RoleOptions.Address($"{name}-address", "… of this address; 0.0.0.0 is every one.");

        public void AddTo(Command command)
        {
            command.Add(port);
            command.Add(address);
        }

        public IPEndPoint Read(ParseResult parsed) => new(RoleOptions.ReadAddress(parsed, address), parsed.GetValue(port));
    }
}
