using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Earmark.Host.Commands;

/// <summary>How a command reaches a running Earmark: <c>--url</c>, <c>--key</c>, else the demo's key file.</summary>
internal sealed record ApiOptions(Option<string> Url, Option<string?> Key, Option<string> Data)
{
    public static ApiOptions Create() => new(
        new Option<string>("--url") { Description = "Address of the API.", DefaultValueFactory = _ => "http://127.0.0.1:8080" },
        new Option<string?>("--key") { Description = "API key; without it the first key of demo-keys.json in --data." },
        new Option<string>("--data") { Description = "Data folder with demo-keys.json.", DefaultValueFactory = _ => "./data" });

    /// <summary>Null, with the reason on standard error, when there is no address or no key to be had.</summary>
    public HttpClient? Connect(ParseResult parsed)
    {
        if (!Uri.TryCreate(parsed.GetValue(Url)!.TrimEnd('/') + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            Console.Error.WriteLine($"--url is an address such as http://127.0.0.1:8080, not '{parsed.GetValue(Url)}'.");
            return null;
        }

        var key = parsed.GetValue(Key) ?? DemoKey(Path.Combine(parsed.GetValue(Data)!, "demo-keys.json"));
        if (key is null)
        {
            Console.Error.WriteLine($"No API key: give --key, or --data with a demo's folder (no admin key in {parsed.GetValue(Data)}/demo-keys.json).");
            return null;
        }

        var client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public static async Task<int> AskAsync(Func<Task<int>> ask)
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException away)
        {
            await Console.Error.WriteLineAsync($"Earmark did not answer: {away.Message}");
            return 3;
        }
        catch (TaskCanceledException late) when (late.InnerException is TimeoutException)
        {
            await Console.Error.WriteLineAsync("Earmark did not answer in time; whether it did what was asked is not known.");
            return 3;
        }
    }

    /// <summary>A problem+json answer as one sentence for people.</summary>
    public static string Explain(HttpResponseMessage answer, string body)
    {
        try
        {
            var problem = JsonNode.Parse(body);
            return $"Refused ({(int)answer.StatusCode}): {problem?["detail"] ?? problem?["title"]} [{problem?["reason"]}]";
        }
        catch (Exception other) when (other is JsonException or InvalidOperationException)
        {
            return $"Refused ({(int)answer.StatusCode}).";
        }
    }

    private static string? DemoKey(string path) =>
        File.Exists(path) && JsonNode.Parse(File.ReadAllText(path)) is JsonObject keys
            ? (keys["admin"] ?? keys.FirstOrDefault().Value)?.GetValue<string>()
            : null;
}
