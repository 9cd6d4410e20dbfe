using Earmark.Contracts.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Keeping;

/// <summary>Beats the keeper from outside the cluster's grains: every 5 s of real time, oftener where domain time runs faster.</summary>
public sealed class KeeperBeat(IGrainFactory grains, DomainClock clock, TimeProvider realTime, ILogger<KeeperBeat> log) : BackgroundService
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <summary>A minute of domain time never passes without a beat, down to the shortest one.</summary>
    public static TimeSpan Between(double factor)
    {
        var minute = factor <= 0 ? Longest : TimeSpan.FromMinutes(1) / factor;
        return minute < Shortest ? Shortest : minute > Longest ? Longest : minute;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<IKeeperGrain>(0).Beat(clock.GetUtcNow());
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                log.LogWarning(failure, "A beat of the keeper failed");
            }

            await Task.Delay(Between(clock.Factor), realTime, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
