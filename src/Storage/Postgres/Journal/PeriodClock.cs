using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>Opens the next period when its time has come. Every silo has one; the database lets each period be opened once.</summary>
internal sealed class PeriodClock : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Task _running;

    public PeriodClock(JournalPeriods periods, StorageOptions options) => _running = Task.Run(() => RunAsync(periods, options));

    public void Dispose()
    {
        _end.Cancel();
        _running.GetAwaiter().GetResult();
        _end.Dispose();
    }

    private async Task RunAsync(JournalPeriods periods, StorageOptions options)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await periods.OpenNextAsync(options.JournalPeriod, _end.Token);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException or OperationCanceledException)
            {
                // The database is away, or we end. The next period's tables are there already; the open one takes entries until it is back.
            }

            await Task.Delay(options.JournalPeriodCheckEvery, TimeProvider.System, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
