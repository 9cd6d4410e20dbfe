using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Outbox;

/// <summary>Where a signed webhook goes. Plain http only to this machine.</summary>
public sealed record WebhookOptions(Uri Url, string Secret)
{
    public const int MinimumSecretLength = 16;

    /// <summary>What is wrong with it; null when it may be used.</summary>
    public string? Wrong() =>
        !Url.IsAbsoluteUri || !(Url.Scheme == Uri.UriSchemeHttps || (Url.Scheme == Uri.UriSchemeHttp && Url.IsLoopback)) ? "A webhook goes to https, or to http on this machine."
        : Url.UserInfo.Length > 0 ? "A webhook's URL carries no credentials."
        : Secret.Length < MinimumSecretLength ? $"A webhook's secret has at least {MinimumSecretLength} characters."
        : null;
}

/// <summary>
/// Posts an event's JSON with <c>Earmark-Event-Id</c>, <c>Earmark-Timestamp</c> (Unix seconds) and
/// <c>Earmark-Signature: v1=hex</c>, HMAC-SHA256 under the shared secret over timestamp, '.', body. Any 2xx takes it.
/// </summary>
public sealed class WebhookSink : IEventSink, IDisposable
{
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private readonly WebhookOptions options;
    private readonly TimeProvider realTime;
    private readonly HttpClient http;

    public WebhookSink(WebhookOptions options, TimeProvider realTime)
    {
        if (options.Wrong() is { } wrong)
        {
            throw new ArgumentException(wrong, nameof(options));
        }

        this.options = options;
        this.realTime = realTime;

        // A redirect would carry a signed body to where nobody configured it to go.
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout, MaxResponseContentBufferSize = 64 * 1024 };
    }

    public string Name => "webhook";

    public async Task DeliverAsync(OutboxRow happened, CancellationToken cancel)
    {
        var timestamp = realTime.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(happened.Body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } },
        };
        request.Headers.Add("Earmark-Event-Id", happened.EventId);
        request.Headers.Add("Earmark-Timestamp", timestamp);
        request.Headers.Add("Earmark-Signature", $"v1={Sign(options.Secret, timestamp, happened.Body)}");
        using var response = await http.SendAsync(request, cancel);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Lower-case hex; a receiver computes the same and compares in constant time.</summary>
    public static string Sign(string secret, string timestamp, string body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));

    public void Dispose() => http.Dispose();
}
