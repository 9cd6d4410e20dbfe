using Earmark.Storage.Book;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Lending.Outbox;

/// <summary>
/// Takes events under a lease and hands each to every sink that has not had it. A sink that fails keeps its event for later,
/// further apart each time; the other sinks are not held up. Nothing is ever given up: a bank wants its notices late rather than never.
/// </summary>
public sealed class OutboxDelivery(IOutbox outbox, IEnumerable<IEventSink> sinks, TimeProvider realTime, ILogger<OutboxDelivery> log) : BackgroundService
{
    public const int TakenAtOnce = 32;

    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(10);

    private readonly IReadOnlyList<IEventSink> sinks = [.. sinks];

    /// <summary>2 s, 4 s, 8 s … 10 min.</summary>
    public static TimeSpan RetryAfter(int tries)
    {
        var wait = FirstRetry * Math.Pow(2, Math.Clamp(tries, 0, 16));
        return wait < LongestRetry ? wait : LongestRetry;
    }

    /// <summary>One round; answers how many events were taken.</summary>
    public async Task<int> DeliverDueAsync(CancellationToken cancel)
    {
        var taken = await outbox.TakeAsync(TakenAtOnce, realTime.GetUtcNow(), Lease, cancel);
        foreach (var happened in taken)
        {
            await Deliver(happened, cancel);
        }

        return taken.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var taken = 0;
            try
            {
                taken = await DeliverDueAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                log.LogWarning(failure, "The outbox could not be read");
            }

            if (taken < TakenAtOnce)
            {
                await Task.Delay(Pause, realTime, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Deliver(OutboxRow happened, CancellationToken cancel)
    {
        var had = happened.DeliveredSinks.Split(' ');
        string? error = null;
        foreach (var sink in sinks.Where(sink => !had.Contains(sink.Name, StringComparer.Ordinal)))
        {
            try
            {
                await sink.DeliverAsync(happened, cancel);
                await outbox.DeliveredAsync(happened.EventId, sink.Name, realTime.GetUtcNow(), cancel);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !cancel.IsCancellationRequested)
            {
                log.LogWarning(failure, "Event {Event} was not taken by {Sink}", happened.EventId, sink.Name);
                error = $"{sink.Name}: {failure.Message}";
            }
        }

        await (error is null
            ? outbox.DoneAsync(happened.EventId, realTime.GetUtcNow(), cancel)
            : outbox.FailedAsync(happened.EventId, error, realTime.GetUtcNow() + RetryAfter(happened.Tries), cancel));
    }
}
