using System.Diagnostics;

namespace Earmark.Bench.Load;

/// <summary>All connections of a load: saturated (as many frames in flight as the plan says) or paced round robin.</summary>
internal sealed class LoadRun : IDisposable
{
    private const int ConnectAtOnce = 64;
    private static readonly TimeSpan PaceStep = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan RestLimit = TimeSpan.FromSeconds(30);

    private readonly DeviceSocket[] sockets;
    private readonly LoadTally tally = new();
    private readonly string described;
    private volatile bool saturated;
    private volatile bool repeating;
    private volatile int framesPerSecond;

    private LoadRun(LoadPlan plan)
    {
        var since = Stopwatch.GetTimestamp();
        sockets = new DeviceSocket[plan.Devices.Length];
        var now = TimeProvider.System.GetUtcNow();
        Parallel.For(0, sockets.Length, index =>
        {
            using var frames = new FramePackets(plan.Devices[index]);
            sockets[index] = new DeviceSocket(frames.Make(1, plan.FramesPerConnection, now), plan.InFlight, tally);
        });
        described = $"{sockets.Length:N0} × {plan.FramesPerConnection:N0} frames signed in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s";
    }

    public static async Task<LoadRun> OpenAsync(LoadPlan plan)
    {
        var run = new LoadRun(plan);
        ParallelOptions some = new() { MaxDegreeOfParallelism = ConnectAtOnce };
        await Parallel.ForAsync(0, run.sockets.Length, some, async (index, _) =>
        {
            var device = plan.Devices[index];
            await run.sockets[index].ConnectAsync(plan.MqttPort, MqttWire.ConnectPacket(device.DeviceId, device.Password));
        });
        foreach (var socket in run.sockets)
        {
            _ = socket.AcknowledgedAsync(run.ThenAsync);
        }

        _ = Task.Run(run.PaceAsync);
        return run;
    }

    public string Describe() => $"{described}, {sockets.Length:N0} connections";

    /// <summary>Connections that have nothing left to send; none while they repeat.</summary>
    public int Exhausted => repeating ? 0 : tally.Exhausted;

    public LoadCount Count() => tally.Count();

    public async Task SaturateAsync()
    {
        saturated = true;
        foreach (var socket in sockets)
        {
            await socket.TrySendAsync(repeating, int.MaxValue);
        }
    }

    public void Pace(int rate) => framesPerSecond = rate;

    public void RepeatLast() => repeating = true;

    public async Task RestAsync()
    {
        (saturated, framesPerSecond) = (false, 0);
        var since = Stopwatch.GetTimestamp();
        while (sockets.Any(socket => socket.IsWaiting) && Stopwatch.GetElapsedTime(since) < RestLimit)
        {
            await Task.Delay(PaceStep);
        }
    }

    public void Dispose() => Array.ForEach(sockets, socket => socket.Dispose());

    private async ValueTask ThenAsync(DeviceSocket socket)
    {
        if (saturated)
        {
            await socket.TrySendAsync(repeating, int.MaxValue);
        }
    }

    private async Task PaceAsync()
    {
        var (owed, at, since) = (0d, 0, Stopwatch.GetTimestamp());
        using PeriodicTimer step = new(PaceStep);
        while (await step.WaitForNextTickAsync())
        {
            var now = Stopwatch.GetTimestamp();
            owed += framesPerSecond * Stopwatch.GetElapsedTime(since, now).TotalSeconds;
            for (since = now; owed >= 1; owed--)
            {
                if (!await sockets[at].TrySendAsync(repeating, 1))
                {
                    tally.Skip();
                }

                at = at + 1 == sockets.Length ? 0 : at + 1;
            }
        }
    }
}
