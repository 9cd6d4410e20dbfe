using System.Diagnostics;
using Earmark.Bench.Load;
using Earmark.Bench.Running;

namespace Earmark.Bench.Measured;

/// <summary>What a server spent and acknowledged while a load ran.</summary>
/// <param name="Cpu">User and system time of the server process, all its threads.</param>
internal sealed record Window(TimeSpan Wall, TimeSpan Cpu, long Acknowledged, LoadCount Count)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public double PerSecond => Acknowledged / Wall.TotalSeconds;

    public double MicrosecondsPerMessage => Cpu.TotalMicroseconds / Acknowledged;

    /// <summary>Ends early when a connection has sent all it has.</summary>
    public static async Task<Window> OfAsync(ServerProcess server, LoadProcess load, TimeSpan length)
    {
        var before = await load.CountAsync();
        var (cpu, at) = (server.Cpu, Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(at) < length && (await load.CountExhaustedAsync()) == 0)
        {
            await Task.Delay(Look);
        }

        var spent = server.Cpu - cpu;
        var after = await load.CountAsync();
        var window = new Window(Stopwatch.GetElapsedTime(at), spent, after.Acknowledged - before.Acknowledged, after);
        if (after.Refused > before.Refused || after.Broken > 0 || window.Acknowledged == 0)
        {
            throw new InvalidOperationException($"Not a clean run: {after}\n{string.Join('\n', server.LastOutput().TakeLast(20))}");
        }

        return window;
    }
}
