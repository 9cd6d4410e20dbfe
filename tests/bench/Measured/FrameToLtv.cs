using System.Diagnostics;
using Earmark.Bench.Load;
using Earmark.Bench.Report;
using Earmark.Bench.Running;
using Earmark.FirmwareProtocols.EarTag;

namespace Earmark.Bench.Measured;

/// <summary>From the PUBACK of a frame in which one animal is dead to GET /facilities/{id} answering the value without it.</summary>
internal static class FrameToLtv
{
    private const double GoalMilliseconds = 300;
    private const int FrameBefore = 1_000_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan ShowLimit = TimeSpan.FromSeconds(20);

    /// <summary>Long motionless and cold: presumed dead at once.</summary>
    private static TagReading Dead => new(-61, TagFlags.None, 12, 0, 600, 950);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Sizes sizes)
    {
        await using var server = await ServerProcess.StartAsync();
        var onboarding = new Onboarding(server.Api);
        var herd = (((sizes.LatencySamples * 5 / 4) / Sizes.TagsPerFrame) + 1) * Sizes.TagsPerFrame;
        var probe = (await onboarding.RanchesAsync(1, herd)).Single();
        var others = await onboarding.RanchesAsync(sizes.Sites / 5, Sizes.TagsPerFrame, first: 2);
        using var packets = new FramePackets(probe);
        using var station = new DeviceSocket([], 1, new LoadTally());
        await station.ConnectAsync(server.MqttPort, MqttWire.ConnectPacket(probe.DeviceId, probe.Password));
        foreach (var frame in packets.Make(1, herd / Sizes.TagsPerFrame, TimeProvider.System.GetUtcNow()))
        {
            await RecordedAsync(station, frame);
        }

        await onboarding.FacilitiesAsync(1, herd);
        await FacilitiesSeen.AllCountedAsync(server.Api, 1);
        await onboarding.DrawAsync(1);

        var seconds = (sizes.LatencySamples * 0.5) + 10;
        var frames = (int)(sizes.BackgroundFramesPerSecond * seconds / others.Length) + 1;
        await using var load = await LoadProcess.StartAsync(new LoadPlan(server.MqttPort, frames, others));
        await load.PaceAsync(sizes.BackgroundFramesPerSecond);
        await Task.Delay(sizes.WarmUp);
        var latencies = new List<double>();
        for (var sample = 0; sample < sizes.LatencySamples; sample++)
        {
            latencies.Add(await SampleAsync(server.Api, station, packets, probe, sample));
        }

        var count = await load.CountAsync();
        var ran = count.Exhausted == 0 ? "" : " (the background load ran out before the end)";
        latencies.Sort();
        var told = $"{sizes.LatencySamples} frames one after the other beside {sizes.BackgroundFramesPerSecond} frames of 100 a second on {others.Length} sites{ran}, polled every {Poll.TotalMilliseconds} ms, load average {Machine.LoadAverage}";
        return
        [
            new("frame → LTV ms, p99: PUBACK to GET /facilities/{id} with the value without one dead animal", told, At(latencies, 0.99), GoalMilliseconds),
            new("· frame → LTV ms, p50", Row.SameRun, At(latencies, 0.50)),
            new("· highest of them", Row.SameRun, latencies[^1]),
        ];
    }

    private static async Task<double> SampleAsync(Api api, DeviceSocket station, FramePackets packets, LoadDevice probe, int sample)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await RecordedAsync(station, packets.Make(FrameBefore + sample, now, Dead, probe.FirstTag + (ulong)sample));
        var since = Stopwatch.GetTimestamp();
        while (await DeadSeenAsync(api) <= sample)
        {
            if (Stopwatch.GetElapsedTime(since) > ShowLimit)
            {
                throw new TimeoutException($"Dead animal {sample + 1} did not show within {ShowLimit}.");
            }

            await Task.Delay(Poll);
        }

        return Stopwatch.GetElapsedTime(since).TotalMilliseconds;
    }

    private static async Task<int> DeadSeenAsync(Api api)
    {
        var facility = await api.GetAsync($"facilities/{Onboarding.Facility(1)}");
        return facility["excluded"]!.AsArray().Where(row => row!["reason"]!.GetValue<string>() == "dead-presumed").Sum(row => row!["count"]!.GetValue<int>());
    }

    private static async Task RecordedAsync(DeviceSocket station, byte[] packet)
    {
        if (!await station.SendAloneAsync(packet))
        {
            throw new InvalidOperationException("A frame was refused.");
        }
    }

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Count) - 1];
}
