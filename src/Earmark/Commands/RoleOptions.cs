using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;

namespace Earmark.Host.Commands;

/// <summary>Options that several roles of a cluster take alike.</summary>
internal static class RoleOptions
{
    public const int HighestPort = 65_535;

    public static Option<int> Port(string name, string description, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > HighestPort)
            {
                result.AddError($"{name} must be 1 to {HighestPort}.");
            }
        });
        return option;
    }

    /// <summary>An address of this machine, or a name of it.</summary>
    public static Option<string> Address(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, DefaultValueFactory = _ => "127.0.0.1" };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } text && Find(text) is null)
            {
                result.AddError($"{name}: {text} is no address and no name with one.");
            }
        });
        return option;
    }

    public static IPAddress ReadAddress(ParseResult parsed, Option<string> option) => Find(parsed.GetValue(option)!)!;

    private static IPAddress? Find(string text)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        try
        {
            return Dns.GetHostAddresses(text, AddressFamily.InterNetwork).FirstOrDefault();
        }
        catch (SocketException)
        {
            return null;
        }
    }
}

/// <summary>The key under which frame keys are kept, the same in every silo. None is ever made for a cluster: a second one would open nothing of the first.</summary>
internal sealed class MasterKeyOption
{
    public const string Variable = "EARMARK_MASTER_KEY";

    private readonly Option<string?> file = new("--master-key-file")
    {
        Description = $"File with the cluster's master key, 64 hexadecimal digits (openssl rand -hex 32), the same for every silo; else the environment's {Variable}.",
    };

    public void AddTo(Command command)
    {
        command.Add(file);
        command.Validators.Add(result =>
        {
            try
            {
                using var key = Silo.Devices.MasterKey.Parse(Read(result.GetValue(file)));
            }
            catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                result.AddError($"{wrong.Message} Give --master-key-file FILE, or {Variable} in the environment.");
            }
        });
    }

    public string Read(ParseResult parsed) => Read(parsed.GetValue(file));

    private static string Read(string? path) => (path is null ? Environment.GetEnvironmentVariable(Variable) : File.ReadAllText(path))?.Trim() ?? "";
}
