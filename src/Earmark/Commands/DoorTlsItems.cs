using System.CommandLine;
using System.CommandLine.Parsing;
using Earmark.Gateway;

namespace Earmark.Host.Commands;

/// <summary>TLS of the MQTT front door on the command line.</summary>
internal sealed class DoorTlsItems
{
    private readonly Option<int> port = RoleOptions.Port("--mqtt-tls-port", "Devices over TLS, with --mqtt-certificate, on the address of the plain port.", 8883);
    private readonly Option<string?> certificate = new("--mqtt-certificate") { Description = "PEM file of the certificate and chain of an MQTT port with TLS, beside the plain one." };
    private readonly Option<string?> key = new("--mqtt-certificate-key") { Description = "PEM file of its private key; without it the key lies with the certificate." };
    private readonly Option<string?> authorities = new("--mqtt-client-authorities") { Description = "PEM file of who may sign devices' certificates; a device's certificate must name its id." };
    private readonly Option<bool> required = new("--mqtt-client-certificates-required") { Description = "Refuse devices without a certificate." };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { port, certificate, key, authorities, required })
        {
            command.Add(option);
        }
        command.Validators.Add(Check);
    }

    /// <summary>Null without <c>--mqtt-certificate</c>.</summary>
    /// <exception cref="ArgumentException">A file cannot be used.</exception>
    public (DoorTls Tls, int Port)? Read(ParseResult parsed) =>
        Read(parsed.GetValue(certificate), parsed.GetValue(key), parsed.GetValue(authorities), parsed.GetValue(required)) is { } tls ? (tls, parsed.GetValue(port)) : null;

    private void Check(CommandResult result)
    {
        try
        {
            using var read = Read(result.GetValue(certificate), result.GetValue(key), result.GetValue(authorities), result.GetValue(required))?.Certificate;
        }
        catch (ArgumentException wrong)
        {
            result.AddError(wrong.Message);
        }
    }

    private static DoorTls? Read(string? certificate, string? key, string? authorities, bool required)
    {
        if (certificate is null)
        {
            return key is null && authorities is null && !required ? null : throw new ArgumentException("TLS of the MQTT port needs --mqtt-certificate.");
        }
        if (required && authorities is null)
        {
            throw new ArgumentException("--mqtt-client-certificates-required needs --mqtt-client-authorities.");
        }
        var (own, chain) = CertificateFiles.Read(certificate, key ?? certificate);
        return new DoorTls
        {
            Certificate = own,
            Chain = chain,
            ClientAuthorities = authorities is null ? [] : CertificateFiles.Authorities(authorities),
            RequireClientCertificate = required,
        };
    }
}
