using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Earmark.SystemTests.Running;

/// <summary>
/// Silos, gateways and a portal as processes of their own on loopback, around one PostgreSQL that the test brings; secrets in files
/// only their owner reads. Each process may be stopped, killed and started again.
/// </summary>
internal sealed class EarmarkCluster : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(90);
    private readonly string folder = Directory.CreateTempSubdirectory("earmark-cluster-").FullName;
    private readonly List<Part> parts = [];

    private EarmarkCluster()
    {
    }

    public IReadOnlyList<Part> Silos => [.. parts.Where(part => part.Role == "silo")];

    public IReadOnlyList<Part> Gateways => [.. parts.Where(part => part.Role == "gateway")];

    public Part Portal => parts.Single(part => part.Role == "portal");

    public string DevicesFile => Path.Combine(folder, "demo", "demo-devices.json");

    public string Folder => folder;

    public string PostgresFile => Path.Combine(folder, "postgres");

    /// <param name="postgres">What the processes run with.</param>
    /// <param name="speed">Of the cluster's domain clock; null leaves it real.</param>
    /// <param name="gatewayOptions">What each gateway is told besides.</param>
    public static async Task<EarmarkCluster> StartAsync(
        string postgres, int silos, int gateways, int cattle, int? speed = null, params string[] gatewayOptions)
    {
        var cluster = new EarmarkCluster();
        try
        {
            await File.WriteAllTextAsync(cluster.PostgresFile, postgres);
            var masterKey = Path.Combine(cluster.folder, "master.key");
            await File.WriteAllTextAsync(masterKey, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
            foreach (var number in Enumerable.Range(1, silos))
            {
                cluster.Add("silo", "--health-port", ["--master-key-file", masterKey, "--data", Path.Combine(cluster.folder, $"silo-{number}"), "--silo-port", $"{Ports.Free()}", "--client-port", $"{Ports.Free()}"]);
            }

            foreach (var number in Enumerable.Range(1, gateways))
            {
                var mqtt = Ports.Free();
                cluster.Add("gateway", "--health-port", ["--mqtt-port", $"{mqtt}", "--data", Path.Combine(cluster.folder, $"gateway-{number}"), .. gatewayOptions], mqtt);
            }

            cluster.Add("portal", "--http-port", ["--allow-http"]);
            await Task.WhenAll(cluster.parts.Select(part => part.StartAsync()));
            await cluster.SeedAsync(cattle, speed);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public string Key(string role) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "demo", "demo-keys.json")))![role]!.GetValue<string>();

    public HttpClient Client(string role = "bank-officer")
    {
        var client = new HttpClient { BaseAddress = Portal.Address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key(role));
        return client;
    }

    /// <summary>Null when the portal answers with anything but success: while a silo is being replaced that may be.</summary>
    public async Task<JsonNode?> TryGetAsync(string path)
    {
        using var client = Client();
        using var answer = await client.GetAsync(path);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonNode>() : null;
    }

    /// <summary>Asks until it holds; only a limit far beyond what is normal ends it.</summary>
    public async Task<JsonNode> UntilAsync(string path, Func<JsonNode, bool> holds)
    {
        using var late = new CancellationTokenSource(StartLimit);
        for (JsonNode? last = null; ; await Task.Delay(200, CancellationToken.None))
        {
            if (await TryGetAsync(path) is { } answer && holds(last = answer))
            {
                return answer;
            }

            Assert.False(late.IsCancellationRequested, $"Not within {StartLimit}: {last?.ToJsonString()}{Environment.NewLine}{Output}");
        }
    }

    public DeviceCredentials Device(string deviceId) =>
        JsonSerializer.Deserialize<DeviceCredentials[]>(File.ReadAllText(DevicesFile), JsonSerializerOptions.Web)!.Single(d => d.DeviceId == deviceId);

    public string Output => string.Join(Environment.NewLine, parts.Select(part => $"--- {part.Role} {part.Port}{Environment.NewLine}{part.Output}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var part in parts)
        {
            await part.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private void Add(string role, string portOption, string[] options, int mqttPort = 0)
    {
        var port = Ports.Free();
        parts.Add(new Part(role, port, mqttPort, [role, "--postgres-file", PostgresFile, portOption, $"{port}", .. options]));
    }

    private async Task SeedAsync(int cattle, int? speed)
    {
        await using var demo = Child.Earmark(
            [
                "demo", "--postgres-file", PostgresFile, "--mqtt", $"127.0.0.1:{Gateways[0].MqttPort}", "--data", Path.Combine(folder, "demo"), "--cattle", $"{cattle}",
                .. speed is null ? Array.Empty<string>() : ["--speed", $"{speed}"],
            ]);
        var code = await demo.WaitAsync(StartLimit);
        Assert.True(code == 0, $"{demo.Output}{Environment.NewLine}{Output}");
    }

    /// <summary>One process of the cluster.</summary>
    internal sealed class Part(string role, int port, int mqttPort, string[] arguments) : IAsyncDisposable
    {
        private Child? child;

        public string Role => role;

        public int Port => port;

        public int MqttPort => mqttPort;

        public Uri Address => new($"http://127.0.0.1:{port}/");

        public string Output => child?.Output ?? "";

        /// <summary>Answers when it is ready.</summary>
        public async Task StartAsync()
        {
            child = Child.Earmark(arguments);
            using var late = new CancellationTokenSource(StartLimit);
            using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
            while (!await IsReadyAsync(client))
            {
                Assert.False(child.HasExited || late.IsCancellationRequested, $"{role} did not start.{Environment.NewLine}{child.Output}");
                await Task.Delay(200, CancellationToken.None);
            }
        }

        /// <summary>SIGTERM, as a supervisor stops a process; answers the exit code.</summary>
        public Task<int> TerminateAsync() => child!.TerminateAsync(StopLimit);

        public Task KillAsync() => child!.KillAsync();

        public ValueTask DisposeAsync() => child?.DisposeAsync() ?? ValueTask.CompletedTask;

        private static async Task<bool> IsReadyAsync(HttpClient client)
        {
            try
            {
                using var answer = await client.GetAsync("health/ready");
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (Exception notYet) when (notYet is HttpRequestException or TaskCanceledException)
            {
                return false;
            }
        }
    }
}
