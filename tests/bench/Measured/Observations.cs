using Earmark.Bench.Load;
using Earmark.Bench.Report;
using Earmark.Bench.Running;

namespace Earmark.Bench.Measured;

/// <summary>CPU of the whole server per ear-tag observation, saturated, with the share of each part.</summary>
internal static class Observations
{
    private const double GoalMicroseconds = 0.6;
    private const int SiteAnimals = Sizes.TagsPerFrame;

    // Encoded beforehand; a run that is faster than this ends early.
    private const int FramesPerSecondAtMost = 30_000;

    // What a station with a backlog sends without waiting.
    private const int InFlight = 16;

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Sizes sizes)
    {
        await using var server = await ServerProcess.StartAsync();
        var stations = await new Onboarding(server.Api).RanchesAsync(sizes.Sites, SiteAnimals);
        var frames = Math.Max(20, (int)(FramesPerSecondAtMost * (sizes.WarmUp + sizes.Measure).TotalSeconds / sizes.Sites));
        await using var load = await LoadProcess.StartAsync(new LoadPlan(server.MqttPort, frames, stations, InFlight));
        await server.IdleAsync();

        await load.SaturateAsync();
        await Task.Delay(sizes.WarmUp);
        await load.RestAsync();
        await server.IdleAsync();
        var (cpuBefore, countBefore) = (server.Cpu, await load.CountAsync());
        await load.SaturateAsync();
        var busy = await Window.OfAsync(server, load, sizes.Measure);
        var loadAverage = Machine.LoadAverage;
        await load.RestAsync();
        var settled = await server.IdleAsync();
        var whole = (server.Cpu - cpuBefore).TotalMicroseconds / ((await load.CountAsync()).Acknowledged - countBefore.Acknowledged);

        await load.RepeatAsync();
        await load.SaturateAsync();
        var repeated = await Window.OfAsync(server, load, sizes.Measure / 2);
        await load.RestAsync();

        var told = $"{sizes.Sites:N0} sites × {SiteAnimals} animals, {sizes.Sites:N0} connections with {InFlight} frames in flight each, {busy.PerSecond:N0} frames/s, load average {loadAverage}";
        Progress.Say($"  {busy.PerSecond:N0} frames/s, PUBACK p50 {busy.Count.P50Milliseconds:0.#} ms, p99 {busy.Count.P99Milliseconds:0.#} ms; quiet again after {settled.TotalSeconds:0.0} s");
        List<Row> rows =
        [
            new("CPU µs per ear-tag observation, end to end (until nothing is left to do for History and reports)", told, whole / SiteAnimals, GoalMicroseconds),
            new("· while the load runs", Row.SameRun, busy.MicrosecondsPerMessage / SiteAnimals),
            new("· front door alone: MQTT, MAC, decode, grain call, PUBACK",
                $"the last frame of each connection again and again: duplicates, acknowledged but not journaled, {repeated.PerSecond:N0} frames/s", repeated.MicrosecondsPerMessage / SiteAnimals),
            .. await Parts.MeasureAsync(sizes.Sites),
        ];
        rows.Add(new("· seconds the server was still busy after the load (lag of History at its end)", "the first row's run", settled.TotalSeconds));
        return rows;
    }
}
