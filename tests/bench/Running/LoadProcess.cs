using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Earmark.Bench.Load;

namespace Earmark.Bench.Running;

/// <summary>The load generator in its own process, told what to do line by line.</summary>
internal sealed class LoadProcess : IAsyncDisposable
{
    public const string Subcommand = "load";

    private readonly Process process;
    private readonly string planFile;

    private LoadProcess(Process process, string planFile) => (this.process, this.planFile) = (process, planFile);

    /// <summary>Returns when every frame is encoded and every connection is accepted.</summary>
    public static async Task<LoadProcess> StartAsync(LoadPlan plan)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(plan));
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        }

        start.ArgumentList.Add(Subcommand);
        start.ArgumentList.Add(file);
        var load = new LoadProcess(Process.Start(start) ?? throw new InvalidOperationException("The load generator did not start."), file);
        Progress.Say("  load generator: " + await load.LineAsync());
        return load;
    }

    /// <summary>Each connection keeps one frame in flight.</summary>
    public Task SaturateAsync() => TellAsync(LoadCommand.Saturate);

    public Task PaceAsync(int framesPerSecond) => TellAsync($"{LoadCommand.Pace} {framesPerSecond}");

    /// <summary>From now on each connection sends its last frame again: duplicates, acknowledged and not journaled.</summary>
    public Task RepeatAsync() => TellAsync(LoadCommand.Repeat);

    /// <summary>Sends nothing more and waits for what is in flight.</summary>
    public Task RestAsync() => TellAsync(LoadCommand.Rest);

    public async Task<LoadCount> CountAsync()
    {
        await process.StandardInput.WriteLineAsync(LoadCommand.Count);
        return JsonSerializer.Deserialize<LoadCount>(await LineAsync())!;
    }

    /// <summary>How many connections have sent all their frames; leaves the latencies as they are.</summary>
    public async Task<int> CountExhaustedAsync()
    {
        await process.StandardInput.WriteLineAsync(LoadCommand.Exhausted);
        return int.Parse(await LineAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        File.Delete(planFile);
    }

    private async Task TellAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        if (await LineAsync() is not LoadCommand.Done and var answer)
        {
            throw new InvalidOperationException($"The load generator answered '{answer}' to '{line}'.");
        }
    }

    private async Task<string> LineAsync() =>
        await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The load generator ended.");
}
