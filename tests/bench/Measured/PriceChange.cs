using System.Diagnostics;
using Earmark.Bench.Load;
using Earmark.Bench.Report;
using Earmark.Bench.Running;

namespace Earmark.Bench.Measured;

/// <summary>From POST /prices until every facility answers with the new price version.</summary>
internal static class PriceChange
{
    private const double GoalMilliseconds = 20;

    private const double WindowOfLongestWall = 1.5;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(300);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Sizes sizes)
    {
        await using var server = await ServerProcess.StartAsync();
        var onboarding = new Onboarding(server.Api);
        var stations = await onboarding.RanchesAsync(sizes.Facilities, sizes.AnimalsPerFacility);
        await HearAllAsync(server, stations, sizes.AnimalsPerFacility);
        await onboarding.FacilitiesAsync(sizes.Facilities, sizes.AnimalsPerFacility);
        await FacilitiesSeen.AllCountedAsync(server.Api, sizes.Facilities);
        await onboarding.DrawAsync(sizes.Facilities);
        await server.IdleAsync();

        var walls = new List<double>();
        var changes = 0;
        for (; changes < sizes.PriceChanges; changes++)
        {
            walls.Add(await WallAsync(server, sizes, changes));
        }

        // The CPU is read once, when all are surely done: asking the server whether they are would cost more than the change does.
        var window = TimeSpan.FromMilliseconds(walls.Max() * WindowOfLongestWall);
        var (cpus, idle) = (new List<double>(), new List<double>());
        for (; changes < 2 * sizes.PriceChanges; changes++)
        {
            await Task.Delay(Rest);
            idle.Add(await IdleAsync(server, window));
            await Task.Delay(Rest);
            cpus.Add(await CpuAsync(server, sizes, window, changes));
        }

        var told = $"{sizes.Facilities} facilities × {sizes.AnimalsPerFacility:N0} animals, a loan on each, median of {sizes.PriceChanges} price changes, no other load, load average {Machine.LoadAverage}";
        return
        [
            new("CPU ms for all LTVs after a price change, the POST included", told, Median(cpus), GoalMilliseconds),
            new("· highest of them", Row.SameRun, cpus.Max()),
            new("· CPU ms of the idle server in as long a time (contained above)", $"windows of {window.TotalMilliseconds:0} ms", Median(idle)),
            new("· wall ms until GET /facilities shows the new price version everywhere, that GET included", Row.SameRun, Median(walls)),
        ];
    }

    private static async Task HearAllAsync(ServerProcess server, LoadDevice[] stations, int animals)
    {
        var frames = animals / Sizes.TagsPerFrame;
        await using var load = await LoadProcess.StartAsync(new LoadPlan(server.MqttPort, frames, stations));
        await load.SaturateAsync();
        while (await load.CountExhaustedAsync() < stations.Length)
        {
            await Task.Delay(100);
        }

        await load.RestAsync();
    }

    private static async Task<double> CpuAsync(ServerProcess server, Sizes sizes, TimeSpan window, int change)
    {
        var (from, at) = (server.Cpu, Stopwatch.GetTimestamp());
        var version = await PostAsync(server.Api, change);
        await Task.Delay(window - Stopwatch.GetElapsedTime(at) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero);
        var spent = server.Cpu - from;
        return await FacilitiesSeen.OldestPriceAsync(server.Api, sizes.Facilities) >= version
            ? spent.TotalMilliseconds
            : throw new InvalidOperationException($"Not every facility had the new price after {window.TotalMilliseconds} ms.");
    }

    private static async Task<double> IdleAsync(ServerProcess server, TimeSpan window)
    {
        var from = server.Cpu;
        await Task.Delay(window);
        return (server.Cpu - from).TotalMilliseconds;
    }

    private static async Task<double> WallAsync(ServerProcess server, Sizes sizes, int change)
    {
        var at = Stopwatch.GetTimestamp();
        var version = await PostAsync(server.Api, change);
        while (await FacilitiesSeen.OldestPriceAsync(server.Api, sizes.Facilities) < version)
        {
            await Task.Yield();
        }

        return Stopwatch.GetElapsedTime(at).TotalMilliseconds;
    }

    private static async Task<long> PostAsync(Api api, int change)
    {
        var yuanPerKilogram = 28 + (change * 0.01m);
        var before = FacilitiesSeen.PriceVersion;
        var prices = new[] { new { priceClass = "beef-cattle", grade = "simmental", yuanPerKilogram, effectiveAt = TimeProvider.System.GetUtcNow() } };
        await api.PostAsync("prices", new { id = $"bench-{change}", source = "bench", prices }, "bank-approver");
        return before + 1;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
