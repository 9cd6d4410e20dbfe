using Earmark.Contracts.Time;
using Earmark.Storage.Book;

namespace Earmark.Host.Cluster;

/// <summary>
/// The domain's time of a cluster: what the Book says, reckoned by each process from the machine's own clock (which time service
/// must keep together: at factor f an error of e seconds is f·e seconds of the domain). It is set once, so it is read until it is
/// there; without it the domain runs on real time. A cluster's clock is not stepped: no step could be at the same instant everywhere.
/// </summary>
internal sealed class BookClock(IClockBook book, TimeProvider real, ILogger<BookClock> log) : DomainClock, IHostedService, IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource stop = new();
    private volatile ClockRow? row;
    private Task looking = Task.CompletedTask;

    public override ClockMode Mode => row is { Mode: "scaled" } ? ClockMode.Scaled : ClockMode.Real;

    public override double Factor => row is { Mode: "scaled" } set ? set.Factor : 1;

    public override DateTimeOffset GetUtcNow()
    {
        var now = real.GetUtcNow();
        return row is { Mode: "scaled" } set ? set.DomainAt + ((now - set.RealAt) * set.Factor) : now;
    }

    public override DateTimeOffset Advance(TimeSpan step) => throw new InvalidOperationException("A cluster's clock is not stepped.");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        row = await book.ClockAsync(cancellationToken);
        looking = LookAsync();
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await looking;
    }

    public void Dispose() => stop.Dispose();

    private async Task LookAsync()
    {
        while (row is null)
        {
            await Task.Delay(Look, real, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            try
            {
                row = await book.ClockAsync(stop.Token);
            }
            catch (Exception away) when (away is not OutOfMemoryException)
            {
                log.LogWarning("The domain's clock can't be read: {Reason}", away.Message);
            }
        }
    }
}
