using System.CommandLine;
using System.CommandLine.Parsing;
using Earmark.Gateway.Broker;

namespace Earmark.Host.Commands;

/// <summary>An outside broker on the command line; its password comes by environment or file, because a command line is read by everybody on the machine.</summary>
internal sealed class BrokerItems
{
    private const string NoGroup = "none";
    private const string PasswordVariable = "EARMARK_BROKER_PASSWORD";

    private readonly Option<string?> address = new("--broker") { Description = "Take devices' messages from this MQTT 5 broker too: mqtt://host:1883 or mqtts://host:8883." };
    private readonly Option<string?> user = new("--broker-user") { Description = $"Its user; the password from {PasswordVariable} or --broker-secret." };
    private readonly Option<string> group = new("--broker-group")
    {
        Description = "Gateways of one group share the messages, within limits told in docs/decisions/outside-broker.md; 'none': each gateway gets all.",
        DefaultValueFactory = _ => NoGroup,
    };

    private readonly Option<string?> secret = new("--broker-secret") { Description = "File that holds the password." };
    private readonly Option<string?> authorities = new("--broker-authorities") { Description = "PEM file of who may have signed the broker's certificate; without it those this machine trusts." };
    private readonly Option<string?> certificate = new("--broker-certificate") { Description = "PEM file of our own certificate, where the broker asks for one." };
    private readonly Option<string?> key = new("--broker-certificate-key") { Description = "PEM file of its private key." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { address, group, user, secret, authorities, certificate, key })
        {
            command.Add(option);
        }
        command.Validators.Add(Check);
    }

    /// <summary>Null without <c>--broker</c>.</summary>
    /// <exception cref="ArgumentException">What was given does not go together or cannot be read.</exception>
    public BrokerOptions? Read(ParseResult parsed, string dataFolder) => parsed.GetValue(address) is { } text
        ? new BrokerOptions
        {
            Address = Address(text),
            ClientId = BrokerClientId.Of(dataFolder),
            OutboxFolder = Path.Combine(dataFolder, "outbox"),
            Group = parsed.GetValue(group) is var name && name == NoGroup ? null : name,
            User = parsed.GetValue(user),
            Password = Password(parsed.GetValue(user), parsed.GetValue(secret)),
            Authorities = parsed.GetValue(authorities) is { } trusted ? CertificateFiles.Authorities(trusted) : [],
            Certificate = parsed.GetValue(certificate) is { } own ? CertificateFiles.Read(own, parsed.GetValue(key) ?? own).Certificate : null,
        }
        : null;

    private void Check(CommandResult result)
    {
        if (result.GetValue(address) is not { } text)
        {
            return;
        }
        // Null where it was not given: a validator does not see what an option is by itself.
        if (result.GetValue(group) is { } name && (name.Length == 0 || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')))
        {
            result.AddError("--broker-group is letters, digits, '-' and '_'.");
        }
        try
        {
            Address(text);
            Password(result.GetValue(user), result.GetValue(secret));
            if (result.GetValue(authorities) is { } trusted)
            {
                CertificateFiles.Authorities(trusted);
            }
            if (result.GetValue(certificate) is { } own)
            {
                using var read = CertificateFiles.Read(own, result.GetValue(key) ?? own).Certificate;
            }
        }
        catch (Exception wrong) when (wrong is ArgumentException or IOException or UnauthorizedAccessException)
        {
            result.AddError(wrong.Message);
        }
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "mqtt" or "mqtts" && address.Host.Length > 0
            ? address
            : throw new ArgumentException("--broker is mqtt://host:port or mqtts://host:port.");

    private static string? Password(string? user, string? file)
    {
        var password = file is not null ? File.ReadAllText(file).Trim() : Environment.GetEnvironmentVariable(PasswordVariable);
        return user is null ? null
            : !string.IsNullOrEmpty(password) ? password
            : throw new ArgumentException($"--broker-user needs its password: set {PasswordVariable} or give --broker-secret FILE.");
    }
}
