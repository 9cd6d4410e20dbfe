using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Earmark.Bench.Load;
using Earmark.Bench.Report;
using Earmark.Bench.Running;

namespace Earmark.Bench.Measured;

/// <summary>From kill −9 to the moment at which every site has answered again, with journal to replay since the snapshots.</summary>
internal static class Restart
{
    private const double GoalSeconds = 5;

    // Two hearings of each tag: ten minutes of a herd that is heard every five.
    private const int Hearings = 2;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Sizes sizes)
    {
        await using var server = await ServerProcess.StartAsync();
        var stations = await new Onboarding(server.Api).RanchesAsync(sizes.Facilities, sizes.AnimalsPerFacility);
        // Stopping in order leaves a snapshot of each site.
        await server.RestartAsync();
        var frames = Hearings * sizes.AnimalsPerFacility / Sizes.TagsPerFrame;
        await using (var load = await LoadProcess.StartAsync(new LoadPlan(server.MqttPort, frames, stations)))
        {
            await load.SaturateAsync();
            while (await load.CountExhaustedAsync() < stations.Length)
            {
                await Task.Delay(100);
            }

            await load.RestAsync();
        }

        await server.IdleAsync();
        var resident = server.ResidentBytes;
        var since = Stopwatch.GetTimestamp();
        await server.KillAndLaunchAsync();
        await AllAnswerAsync(server, sizes.Facilities);
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var told = $"{sizes.Facilities:N0} sites × {sizes.AnimalsPerFacility:N0} tags, {frames * stations.Length:N0} frames of 100 since the snapshots, load average {Machine.LoadAverage}";
        return
        [
            new("seconds from kill −9 to the last site's answer over the API", told, seconds, GoalSeconds),
            new("· resident MB of the whole process before the kill", Row.SameRun, resident / 1e6, 700),
        ];
    }

    private static async Task AllAnswerAsync(ServerProcess server, int sites)
    {
        var since = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(1, sites + 1, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (site, _) =>
        {
            while (!await AnswersAsync(server, site))
            {
                if (Stopwatch.GetElapsedTime(since) > Limit)
                {
                    throw new TimeoutException($"{Onboarding.Ranch(site)} did not answer within {Limit}.");
                }

                await Task.Delay(50, CancellationToken.None);
            }
        });
    }

    private static async Task<bool> AnswersAsync(ServerProcess server, int site)
    {
        try
        {
            var answer = await server.Api.GetAsync($"sites/{Onboarding.Ranch(site)}");
            return answer["position"]!.GetValue<long>() > 0;
        }
        catch (Exception away) when (away is HttpRequestException or InvalidOperationException or OperationCanceledException or JsonException)
        {
            return false;
        }
    }
}
