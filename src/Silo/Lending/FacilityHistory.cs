using System.Threading.Channels;
using Earmark.Contracts.Lending;
using Earmark.Finance;
using Earmark.Storage.History;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Lending;

/// <summary>Points of facilities for charts, written beside the way: bounded, and when History is away the oldest are lost.</summary>
public sealed class FacilityHistory(IHistory store, ILogger<FacilityHistory> log) : BackgroundService
{
    public const int MaximumWaiting = 10_000;

    private const int MaximumBatch = 500;

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

            try
            {
                await store.WriteAsync(batch, stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException and not OutOfMemoryException)
            {
                log.LogWarning(failure, "History is away: {Count} points of facilities are lost", batch.Count);
            }
        }
    }

    private static double Yuan(long fen) => (double)new Money(fen).Yuan;
}
