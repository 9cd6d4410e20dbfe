using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Earmark.Storage.Influx;

namespace Earmark.SystemTests.Running;

/// <summary>
/// An InfluxDB 1.x of its own in a temporary folder, on free loopback ports, with a password nobody else knows. It may be stopped,
/// killed and started again; its databases stay until it is disposed.
/// </summary>
public sealed class InfluxServer : IAsyncDisposable
{
    public const string Admin = "admin";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private readonly string folder = Directory.CreateTempSubdirectory("earmark-influx-").FullName;
    private readonly HttpClient client;
    private readonly int innerPort = Ports.Free();
    private Child? server;
    private int databases;

    public InfluxServer()
    {
        client = new HttpClient { BaseAddress = Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Admin}:{Password}")));
    }

    public int Port { get; } = Ports.Free();

    public Uri Url => new($"http://127.0.0.1:{Port}");

    public string Password { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Signs the server's own tokens.</summary>
    public string SharedSecret { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>What the server logged since it was last started.</summary>
    public string Output => server?.Output ?? "";

    public static async Task<InfluxServer> StartAsync()
    {
        var server = new InfluxServer();
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>A name nobody used before; the database is not made.</summary>
    public string NewName() => $"test-{Interlocked.Increment(ref databases)}";

    public InfluxOptions Options(string database) => new() { Url = Url, Database = database, Credential = InfluxCredential.User(Admin, Password) };

    /// <summary>Starts the server, or the stopped or killed one on the same data and port, and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        var configuration = Path.Combine(folder, "influxdb.conf");
        await File.WriteAllTextAsync(configuration, Configuration());
        server = Child.Start("influxd", ["-config", configuration]);
        using var late = new CancellationTokenSource(StartLimit);
        while (!await AnswersAsync())
        {
            if (server.HasExited || late.IsCancellationRequested)
            {
                throw new InvalidOperationException($"InfluxDB did not start (./test.sh installs it).{Environment.NewLine}{server.Output}");
            }

            await Task.Delay(Look);
        }
    }

    public Task KillAsync() => server!.KillAsync();

    /// <summary>Runs InfluxQL as the administrator; answers the JSON.</summary>
    public async Task<string> QueryAsync(string query)
    {
        var text = await AskAsync(query);
        Assert.False(text.Contains("\"error\"", StringComparison.Ordinal), text);
        return text;
    }

    /// <summary>As <see cref="QueryAsync"/>, for what may not be there yet: the answer may be an error.</summary>
    public async Task<string> AskAsync(string query)
    {
        using var body = new FormUrlEncodedContent([new("q", query)]);
        using var answer = await client.PostAsync("query", body);
        return await answer.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            // Without any user yet the server lets this one statement in; afterwards it only says that the user is there.
            using var body = new FormUrlEncodedContent([new("q", $"CREATE USER {Admin} WITH PASSWORD '{Password}' WITH ALL PRIVILEGES")]);
            using var answer = await client.PostAsync("query", body);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Configuration() =>
        $"""
        reporting-disabled = true
        bind-address = "127.0.0.1:{innerPort}"
        [meta]
          dir = "{folder}/meta"
        [data]
          dir = "{folder}/data"
          wal-dir = "{folder}/wal"
          index-version = "tsi1"
          max-series-per-database = 0
          max-values-per-tag = 0
        [monitor]
          store-enabled = false
        [continuous_queries]
          enabled = false
        [http]
          bind-address = "127.0.0.1:{Port}"
          auth-enabled = true
          shared-secret = "{SharedSecret}"
        """;
}
