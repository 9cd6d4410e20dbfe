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
    private readonly Process process;

    private ServerProcess()
    {
        (Port, MqttPort) = (FreePort(), FreePort());
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [Checkout.Program, "run", "--no-sim", "--clock", "real", "--cattle", "20", "--data", folder, "--port", Text(Port), "--mqtt-port", Text(MqttPort)];
        Array.ForEach(arguments, start.ArgumentList.Add);
        process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Api = new Api(new Uri($"http://127.0.0.1:{Port}/"), Path.Combine(folder, "demo-keys.json"));
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
        var since = Stopwatch.StartNew();
        while (!File.Exists(Path.Combine(server.folder, "demo.json")) || !await server.Api.IsReadyAsync())
        {
            if (server.process.HasExited || since.Elapsed > StartLimit)
            {
                var output = string.Join('\n', server.output);
                await server.DisposeAsync();
                throw new InvalidOperationException($"Earmark did not start:\n{output}");
            }

            await Task.Delay(100);
        }

        Progress.Say($"  Earmark started in {since.Elapsed.TotalSeconds:0.0} s");
        return server;
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
