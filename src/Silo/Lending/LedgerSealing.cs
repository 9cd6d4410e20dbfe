using Earmark.Contracts.Time;
using Earmark.Storage.Book;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Lending;

/// <summary>Seals the ledgers of all institutions soon after their transfers were committed, and ends pending transfers that ran out. Several silos may do it at once; the Book lets one at a time.</summary>
public sealed class LedgerSealing(ILedgerSeals seals, IPendingTransfers pending, IRegister register, DomainClock clock, TimeProvider realTime, ILogger<LedgerSealing> log) : BackgroundService
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SealAllAsync(stoppingToken);
                await pending.ExpireAsync(clock.GetUtcNow(), stoppingToken);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                // What is not sealed stays where the next round finds it.
                log.LogWarning(failure, "The ledger could not be sealed or its pending transfers ended");
            }

            await Task.Delay(Pause, realTime, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SealAllAsync(CancellationToken cancel)
    {
        foreach (var institution in await register.InstitutionsAsync(cancel))
        {
            var head = await seals.HeadAsync(institution.InstitutionId, cancel);
            for (var left = head.Unsealed; left > 0 && !cancel.IsCancellationRequested;)
            {
                var taken = await seals.SealAsync(institution.InstitutionId, realTime.GetUtcNow(), cancel);
                left = taken == 0 ? 0 : left - taken;
            }
        }
    }
}
