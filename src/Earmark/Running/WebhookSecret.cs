using System.Security.Cryptography;
using Earmark.Host.Commands;
using Earmark.Silo.Lending.Outbox;

namespace Earmark.Host.Running;

/// <summary>The secret that signs webhooks: from <c>EARMARK_WEBHOOK_SECRET</c>, else made once and kept in the data folder (mode 0600).</summary>
internal static class WebhookSecret
{
    public const string Variable = "EARMARK_WEBHOOK_SECRET";
    private const string FileName = "webhook.secret";
    private const int SecretBytes = 32;

    /// <summary>Null when no webhook is wanted.</summary>
    public static WebhookOptions? For(RunOptions options)
    {
        if (options.WebhookUrl is null)
        {
            return null;
        }

        var secret = Environment.GetEnvironmentVariable(Variable) ?? Kept(Path.Combine(options.DataFolder, FileName));
        return new WebhookOptions(new Uri(options.WebhookUrl, UriKind.RelativeOrAbsolute), secret);
    }

    /// <summary>In a cluster any silo may deliver, so the secret is given and never made. Null when no webhook is wanted.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static WebhookOptions? Shared(string? url) => url is null
        ? null
        : new WebhookOptions(
            new Uri(url, UriKind.RelativeOrAbsolute),
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } secret ? secret : throw new InvalidDataException($"--webhook needs its secret in {Variable}."));

    private static string Kept(string path)
    {
        if (!File.Exists(path))
        {
            SecretFile.Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));
        }

        return File.ReadAllText(path).Trim();
    }
}
