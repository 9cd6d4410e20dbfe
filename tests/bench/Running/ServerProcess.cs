using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Earmark.Bench.Running;

/// <summary>A real <c>earmark run --no-sim</c> on a folder of its own, with portal, History and device grains running.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);
    private const double IdleShareOfOneCore = 0.15;
    private const int OutputLinesKept = 200;

    private readonly string folder = Directory.CreateTempSubdirectory("earmark-bench-").FullName;
    private readonly ConcurrentQueue<string> output = new();
    private Process process;

    private ServerProcess()
    {
        (Port, MqttPort) = (FreePort(), FreePort());
        process = Launch();
        Api = new Api(new Uri($"http://127.0.0.1:{Port}/"), Path.Combine(folder, "demo-keys.json"));
    }

    private Process Launch()
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [Checkout.Program, "run", "--no-sim", "--clock", "real", "--cattle", "20", "--data", folder, "--port", Text(Port), "--mqtt-port", Text(MqttPort)];
        Array.ForEach(arguments, start.ArgumentList.Add);
        var launched = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        launched.OutputDataReceived += (_, line) => Keep(line.Data);
        launched.ErrorDataReceived += (_, line) => Keep(line.Data);
        launched.BeginOutputReadLine();
        launched.BeginErrorReadLine();
        return launched;
    }

    public int Port { get; }

    public int MqttPort { get; }

    public Api Api { get; }

    public TimeSpan Cpu => ProcessCpu.Of(process.Id);

    /// <summary>Resident memory in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    public static async Task<ServerProcess> StartAsync()
    {
        var server = new ServerProcess();
        try
        {
            await server.ReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>kill −9, and at once a new process on the same folder; returns before it is ready.</summary>
    public async Task KillAndLaunchAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = Launch();
    }

    /// <summary>Ends it as Ctrl-C does and starts it again.</summary>
    public async Task RestartAsync()
    {
        using (var interrupt = Process.Start("kill", ["-INT", Text(process.Id)]))
        {
            await process.WaitForExitAsync();
        }

        process.Dispose();
        process = Launch();
        await ReadyAsync();
    }

    private async Task ReadyAsync()
    {
        var since = Stopwatch.StartNew();
        while (!File.Exists(Path.Combine(folder, "demo.json")) || !await Api.IsReadyAsync())
        {
            if (process.HasExited || since.Elapsed > StartLimit)
            {
                throw new InvalidOperationException($"Earmark did not start:\n{string.Join('\n', output)}");
            }

            await Task.Delay(100);
        }

        Progress.Say($"  Earmark started in {since.Elapsed.TotalSeconds:0.0} s");
    }

    /// <summary>Waits until nothing is left behind the load (History, reports, ticks); answers how long it was still busy.</summary>
    public async Task<TimeSpan> IdleAsync()
    {
        var since = Stopwatch.StartNew();
        var busyUntil = TimeSpan.Zero;
        while (since.Elapsed - busyUntil < Quiet && since.Elapsed < IdleLimit)
        {
            var (before, at) = (Cpu, Stopwatch.GetTimestamp());
            await Task.Delay(Look);
            busyUntil = (Cpu - before) / Stopwatch.GetElapsedTime(at) < IdleShareOfOneCore ? busyUntil : since.Elapsed;
        }

        return busyUntil;
    }

    public IEnumerable<string> LastOutput() => output;

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
        Api.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            output.Enqueue(line);
            while (output.Count > OutputLinesKept && output.TryDequeue(out _))
            {
                // Only the newest lines explain a failure.
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
