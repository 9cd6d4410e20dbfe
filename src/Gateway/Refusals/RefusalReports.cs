using Earmark.Contracts.Devices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Earmark.Gateway.Refusals;

/// <summary>Gives the refusals to <see cref="IRefusalLogGrain"/> each second, and once more when the gateway stops.</summary>
public sealed class RefusalReports(
    RefusalLog refusals, IGrainFactory grains, GatewayOptions options, ILogger<RefusalReports> log) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ReportAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer each = new(options.Limits.RefusalFlush, options.Time);
        while (await each.WaitForNextTickAsync(stoppingToken))
        {
            await ReportAsync();
        }
    }

    private async Task ReportAsync()
    {
        if (refusals.Take() is not { } batch)
        {
            return;
        }
        try
        {
            await grains.GetGrain<IRefusalLogGrain>(0).Record(batch);
        }
        catch (Exception failure)
        {
            refusals.PutBack(batch);
            log.LogDebug(failure, "The refusal log did not answer; its rows are kept for the next flush");
        }
    }
}
