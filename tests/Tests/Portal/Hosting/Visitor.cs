using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Earmark.Tests.Portal.Hosting;

/// <summary>What came back, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    /// <summary>The stable reason of a problem.</summary>
    public string? Reason => Json.GetProperty("reason").GetString();

    public string? MediaType => ContentHeaders.ContentType?.MediaType;

    public string Location => Headers.Location!.OriginalString;
}

/// <summary>One client of the portal: a browser without scripts, or a program with a key.</summary>
public sealed class Visitor(HttpClient client) : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public HttpClient Client => client;

    public Task<Answer> GetAsync(string path) => ReadAsync(client.GetAsync(path, Cancel));

    public Task<Answer> PostJsonAsync(string path, string json) => PostAsync(path, json, "application/json");

    public Task<Answer> PostAsync(string path, string body, string mediaType, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, mediaType), headers);

    public Task<Answer> PostFormAsync(string path, params KeyValuePair<string, string>[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields), []);

    private async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent content, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await ReadAsync(client.SendAsync(request, Cancel));
    }

    private static async Task<Answer> ReadAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancel), response.Headers, response.Content.Headers);
    }

    public void Dispose() => client.Dispose();
}
