using System.Globalization;
using Earmark.SystemTests.Running;

namespace Earmark.SystemTests.Faults;

/// <summary>Faults that leave the process alive: it is stopped, its lines are cut, its disk takes nothing more.</summary>
[Trait("Length", "Long")]
public sealed class Earmark_is_held_up
{
    private const string Simulated = "PT4H";

    // journal.db has long outgrown it; sockets and pipes are not files.
    private const long NoRoomBytes = 1_000_000;

    [Fact]
    public async Task Stopped_for_twenty_seconds_it_goes_on_where_it_was()
    {
        await using var run = FaultRun.Start(await FaultRun.ServerAsync(), Simulated, seed: 31);
        for (var stop = 0; stop < 3; stop++)
        {
            await Task.Delay(2_000);
            await run.DoAsync(async () =>
            {
                await run.Earmark.SignalAsync("STOP");
                await Task.Delay(20_000);
                await run.Earmark.SignalAsync("CONT");
            });
        }

        await run.FinishAsync("SIGSTOP for 20 s × 3");
    }

    [Fact]
    public async Task Every_line_cut_again_and_again_delays_and_loses_nothing()
    {
        var server = await FaultRun.ServerAsync();
        await using var line = new CutLine(server.MqttPort);
        await using var run = FaultRun.Start(server, Simulated, seed: 32, line.Port);
        var moments = new Random(32);
        for (var cut = 0; cut < 20; cut++)
        {
            await Task.Delay(moments.Next(200, 1_500));
            await run.DoAsync(() => Task.FromResult(line.Cut()));
        }

        await run.FinishAsync("every connection cut × 20");
    }

    [Fact]
    public async Task A_disk_that_takes_nothing_more_stops_acknowledgements_and_nothing_else()
    {
        var server = await FaultRun.ServerAsync();
        await using var run = FaultRun.Start(server, Simulated, seed: 33);
        for (var full = 0; full < 3; full++)
        {
            await Task.Delay(2_000);
            await run.DoAsync(async () =>
            {
                await Limit(server, NoRoomBytes.ToString(CultureInfo.InvariantCulture));
                await Task.Delay(3_000);
                var before = run.AcknowledgedBytes;
                await Task.Delay(12_000);
                Assert.False(server.HasExited, $"It ended: {server.Output}");
                Assert.Equal(before, run.AcknowledgedBytes);
                await Limit(server, "unlimited");
            });
        }

        await run.FinishAsync("no write past 1 MB of any file for 15 s (disk full) × 3");
    }

    private static async Task Limit(EarmarkServer server, string bytes)
    {
        await using var prlimit = Child.Start("prlimit", ["--pid", $"{server.ProcessId}", $"--fsize={bytes}:unlimited"]);
        Assert.Equal(0, await prlimit.WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
