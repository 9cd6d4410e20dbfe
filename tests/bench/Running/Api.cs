using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Earmark.Bench.Running;

/// <summary>The API as a caller outside sees it, with the demo's keys.</summary>
internal sealed class Api(Uri address, string keysFile) : IDisposable
{
    private static readonly TimeSpan TooManyPause = TimeSpan.FromMilliseconds(50);

    private readonly HttpClient client = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };
    private JsonNode? keys;

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await client.GetAsync("health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public Task<JsonNode> GetAsync(string path, string role = "bank-officer") =>
        SendAsync(() => Request(HttpMethod.Get, path, role));

    public Task<JsonNode> PostAsync(string path, object body, string role = "bank-officer") => SendAsync(() =>
    {
        var request = Request(HttpMethod.Post, path, role);
        request.Content = JsonContent.Create(body);
        return request;
    });

    public Task<JsonNode> PostCsvAsync(string path, string csv, string role = "bank-officer") => SendAsync(() =>
    {
        var request = Request(HttpMethod.Post, path, role);
        request.Content = new StringContent(csv, new MediaTypeHeaderValue("text/csv"));
        return request;
    });

    public void Dispose() => client.Dispose();

    private async Task<JsonNode> SendAsync(Func<HttpRequestMessage> request)
    {
        while (true)
        {
            using var asked = request();
            using var answer = await client.SendAsync(asked);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                await Task.Delay(TooManyPause);
                continue;
            }

            var text = await answer.Content.ReadAsStringAsync();
            return answer.IsSuccessStatusCode
                ? JsonNode.Parse(text)!
                : throw new InvalidOperationException($"{asked.Method} {asked.RequestUri}: {(int)answer.StatusCode} {text}");
        }
    }

    private HttpRequestMessage Request(HttpMethod method, string path, string role)
    {
        keys ??= JsonNode.Parse(File.ReadAllText(keysFile))!;
        var request = new HttpRequestMessage(method, "api/v1/" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys[role]!.GetValue<string>());
        return request;
    }
}
