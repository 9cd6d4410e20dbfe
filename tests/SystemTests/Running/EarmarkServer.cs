using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Earmark.SystemTests.Running;

/// <summary>A real <c>earmark run</c> on a folder of its own, which may be killed and started again.</summary>
internal sealed class EarmarkServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);
    private readonly string[] options;
    private Child? child;

    private EarmarkServer(string dataFolder, string[] options)
    {
        DataFolder = dataFolder;
        this.options = options;
    }

    public string DataFolder { get; }

    public int Port { get; } = Ports.Free();

    public int MqttPort { get; } = Ports.Free();

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    public string DevicesFile => Path.Combine(DataFolder, "demo-devices.json");

    public string Output => child?.Output ?? "";

    public static async Task<EarmarkServer> StartAsync(params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("earmark-system-").FullName;
        var server = new EarmarkServer(folder, options);
        await server.StartAgainAsync();
        return server;
    }

    public int ProcessId => child!.Id;

    public bool HasExited => child!.HasExited;

    /// <summary>On a folder that is there already, and is deleted in the end.</summary>
    public static async Task<EarmarkServer> StartOnAsync(string folder, params string[] options)
    {
        var server = new EarmarkServer(folder, options);
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        Launch();
        await ReadyAsync();
    }

    /// <summary>Starts the process and does not wait for it. Past a limit on files it is to be refused, not ended by a signal.</summary>
    public void Launch() => child = Child.Start(
        "env", ["--ignore-signal=XFSZ", "dotnet", Checkout.Program, "run", "--port", $"{Port}", "--mqtt-port", $"{MqttPort}", "--data", DataFolder, .. options]);

    public async Task ReadyAsync()
    {
        using var late = new CancellationTokenSource(StartLimit);
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(10) };
        while (!await IsReadyAsync(client))
        {
            if (child!.HasExited || late.IsCancellationRequested)
            {
                throw new InvalidOperationException($"Earmark did not start.{Environment.NewLine}{child.Output}");
            }

            await Task.Delay(100, CancellationToken.None);
        }
    }

    public Task KillAsync() => child!.KillAsync();

    public Task SignalAsync(string signal) => child!.SignalAsync(signal);

    public Task<int> InterruptAsync() => child!.InterruptAsync(TimeSpan.FromSeconds(30));

    /// <summary>The key of a role from the demo's key file.</summary>
    public string Key(string role) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(DataFolder, "demo-keys.json")))![role]!.GetValue<string>();

    public HttpClient Client(string role = "bank-officer")
    {
        var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key(role));
        return client;
    }

    public async Task<JsonNode> GetAsync(string path, string role = "bank-officer")
    {
        using var client = Client(role);
        return (await client.GetFromJsonAsync<JsonNode>(path))!;
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, object body, string role = "bank-officer")
    {
        using var client = Client(role);
        using var answer = await client.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Moves a stepped clock; answers when all that was acknowledged shows.</summary>
    public async Task StepAsync(TimeSpan step)
    {
        for (var left = (int)step.TotalSeconds; left > 0; left -= 300)
        {
            var (status, body) = await PostAsync("api/v1/clock/step", new { seconds = Math.Min(left, 300) }, "admin");
            Assert.True(status == HttpStatusCode.OK, body?.ToJsonString(JsonSerializerOptions.Web));
        }
    }

    /// <summary>The credentials of one demo device.</summary>
    public DeviceCredentials Device(string deviceId) => Devices().Single(device => device.DeviceId == deviceId);

    /// <summary>The base stations of the demo ranch.</summary>
    public DeviceCredentials[] Stations() => [.. Devices().Where(device => device.Kind == "base-station")];

    private DeviceCredentials[] Devices() =>
        JsonSerializer.Deserialize<DeviceCredentials[]>(File.ReadAllText(DevicesFile), JsonSerializerOptions.Web)!;

    public async ValueTask DisposeAsync()
    {
        if (child is not null)
        {
            await child.DisposeAsync();
        }

        Directory.Delete(DataFolder, recursive: true);
    }

    private async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("health/ready");
            return answer.IsSuccessStatusCode && File.Exists(Path.Combine(DataFolder, "demo.json"));
        }
        catch (Exception away) when (away is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}

/// <summary>One entry of a devices file.</summary>
internal sealed record DeviceCredentials(string DeviceId, string Kind, string Site, string UserName, string Password, int KeyId, string FrameKeyHex);
