using System.Security.Cryptography;
using Earmark.Host.Commands;
using Earmark.Silo.Lending.Outbox;

namespace Earmark.Host.Running;

/// <summary>The secret that signs webhooks: from <c>EARMARK_WEBHOOK_SECRET</c>, else made once and kept in the data folder (mode 0600).</summary>
internal static class WebhookSecret
{
    private const string FileName = "webhook.secret";
    private const int SecretBytes = 32;

    /// <summary>Null when no webhook is wanted.</summary>
    public static WebhookOptions? For(RunOptions options)
    {
        if (options.WebhookUrl is null)
        {
            return null;
        }

        var secret = Environment.GetEnvironmentVariable("EARMARK_WEBHOOK_SECRET") ?? Kept(Path.Combine(options.DataFolder, FileName));
        return new WebhookOptions(new Uri(options.WebhookUrl, UriKind.RelativeOrAbsolute), secret);
    }

    private static string Kept(string path)
    {
        if (!File.Exists(path))
        {
            SecretFile.Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)));
        }

        return File.ReadAllText(path).Trim();
    }
}
