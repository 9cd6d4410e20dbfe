using Earmark.Storage.Postgres;
using Microsoft.Extensions.Hosting;

namespace Earmark.Silo.Histories;

/// <summary>The tailer where there are several silos: one of them fills the History, and another when that one is gone.</summary>
public sealed class TailerInTurn(HistoryTailer tailer, PostgresTurn turn) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => turn.WorkAsync(WorkAsync, stoppingToken);

    private async Task WorkAsync(CancellationToken stop)
    {
        await tailer.StartAsync(stop);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
        }
        finally
        {
            await tailer.StopAsync(CancellationToken.None);
        }
    }
}
