using System.Threading.Channels;
using Earmark.Contracts.Lending;
using Earmark.Finance;
using Earmark.Storage.History;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Lending;

/// <summary>Points of facilities for charts, written beside the way: bounded: when History is away for long the oldest are lost.</summary>
public sealed class FacilityHistory(IHistory store, TimeProvider time, ILogger<FacilityHistory> log) : BackgroundService
{
    public const int MaximumWaiting = 10_000;

    private const int MaximumBatch = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Channel<HistoryPoint> waiting = Channel.CreateBounded<HistoryPoint>(
        new BoundedChannelOptions(MaximumWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Offer(FacilityView view) => waiting.Writer.TryWrite(new HistoryPoint(
        HistorySeries.Facility,
        view.FacilityId,
        view.AsOf,
        [Yuan(view.EligibleValueFen), Yuan(view.DebtFen), view.LtvPpm is { } ltv ? (double)ltv / Fraction.Scale : double.NaN, Yuan(view.BorrowingBaseFen)]));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<HistoryPoint>();
        while (await waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < MaximumBatch && waiting.Reader.TryRead(out var point))
            {
                batch.Add(point);
            }

            await WriteAsync(batch, stoppingToken);
        }
    }

    /// <summary>Until it is written: what comes meanwhile waits its turn, and past the limit the oldest of that is lost.</summary>
    private async Task WriteAsync(List<HistoryPoint> batch, CancellationToken stoppingToken)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                await store.WriteAsync(batch, stoppingToken);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException and not OutOfMemoryException)
            {
                if (failures == 0)
                {
                    log.LogWarning("History is away: {Reason} At most {Limit} points of facilities wait for it", failure.Message, MaximumWaiting);
                }

                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private static double Yuan(long fen) => (double)new Money(fen).Yuan;
}
