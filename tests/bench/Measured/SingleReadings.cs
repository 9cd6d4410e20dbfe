using Earmark.Bench.Load;
using Earmark.Bench.Report;
using Earmark.Bench.Running;

namespace Earmark.Bench.Measured;

/// <summary>CPU of the whole server per message of one reading: GPS nodes on many connections, paced and saturated.</summary>
internal static class SingleReadings
{
    private const double PacedGoalMicroseconds = 85;
    private const double SaturatedGoalMicroseconds = 25;

    // A node that sends what it kept does not wait for each acknowledgement.
    private const int InFlight = 4;
    private const int SaturatedPerSecondAtMost = 40_000;
    private const int NodesPerFleet = 500;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Sizes sizes)
    {
        await using var server = await ServerProcess.StartAsync();
        var nodes = await new Onboarding(server.Api).NodesAsync(sizes.Nodes, Math.Max(1, sizes.Nodes / NodesPerFleet));
        var seconds = (sizes.WarmUp + sizes.Measure).TotalSeconds + 5;
        var frames = (int)(((sizes.NodeMessagesPerSecond * seconds) + (SaturatedPerSecondAtMost * sizes.Measure.TotalSeconds)) / sizes.Nodes) + 2;
        var idle = server.ResidentBytes;
        await using var load = await LoadProcess.StartAsync(new LoadPlan(server.MqttPort, frames, nodes, InFlight));
        await server.IdleAsync();
        Progress.Say($"  {(server.ResidentBytes - idle) / (double)sizes.Nodes / 1024:0.0} KB resident per connection");

        await load.PaceAsync(sizes.NodeMessagesPerSecond);
        await Task.Delay(sizes.WarmUp);
        var busy = await Window.OfAsync(server, load, sizes.Measure);
        var loadAverage = Machine.LoadAverage;
        await load.RestAsync();
        var (cpu, settled) = (server.Cpu, await server.IdleAsync());
        var behind = server.Cpu - cpu;
        await load.SaturateAsync();
        var full = await Window.OfAsync(server, load, sizes.Measure);
        await load.RestAsync();
        await server.IdleAsync();
        await load.RepeatAsync();
        await load.PaceAsync(sizes.NodeMessagesPerSecond);
        var repeated = await Window.OfAsync(server, load, sizes.Measure / 2);

        var told = $"{sizes.Nodes:N0} GPS nodes, {sizes.Nodes:N0} connections, paced to {sizes.NodeMessagesPerSecond:N0}/s, {busy.PerSecond:N0}/s acknowledged, load average {loadAverage}";
        Progress.Say($"  PUBACK p50 {busy.Count.P50Milliseconds:0.#} ms, p99 {busy.Count.P99Milliseconds:0.#} ms, {busy.Count.Skipped:N0} sends skipped behind an unacknowledged one");
        return
        [
            new("CPU µs per single-reading message, while the load runs", told, busy.MicrosecondsPerMessage, PacedGoalMicroseconds),
            new("CPU µs per single-reading message, saturated", $"the same, {InFlight} in flight each, {full.PerSecond:N0}/s", full.MicrosecondsPerMessage, SaturatedGoalMicroseconds),
            new("· front door alone", $"the last message of each again: duplicates, acknowledged but not journaled, {repeated.PerSecond:N0}/s", repeated.MicrosecondsPerMessage),
            new("· CPU s of History and the rest behind the load, after it stopped", Row.SameRun, behind.TotalSeconds),
            new("· seconds until that was done (lag of History)", Row.SameRun, settled.TotalSeconds),
            new("· PUBACK p99 ms", Row.SameRun, busy.Count.P99Milliseconds),
        ];
    }
}
