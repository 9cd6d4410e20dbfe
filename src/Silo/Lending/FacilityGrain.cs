using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Silo.Lending.Calls;
using Earmark.Silo.Lending.Cover;
using Earmark.Silo.Lending.Loans;
using Earmark.Silo.Metering;
using Earmark.Storage.Book;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Lending;

/// <summary>
/// One credit facility. Reports and prices change its cover at once, in memory; what follows from the cover is decided
/// behind them, one commit at a time. Whatever can't be committed at this version of the Book is loaded and decided again.
/// </summary>
public sealed partial class FacilityGrain(
    ILendingBook lending,
    IPrices prices,
    IRegister register,
    DomainClock clock,
    FacilityHistory history,
    TimeProvider realTime,
    ILogger<FacilityGrain> log) : Grain, IFacilityGrain, IDisposable
{
    /// <summary>A decision that meets a newer version this often gives up until the next tick or try.</summary>
    private const int MaximumTries = 5;

    private readonly CoverWatch watch = new();
    private readonly SemaphoreSlim oneCommit = new(1);
    private readonly FreshMark fresh = SiloMeters.Facilities.Add();
    private FacilityBook? book;
    private CoverStep? step;
    private Task? deciding;
    private bool decideAgain;
    private PortfolioPost? portfolio;

    private string Id => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (await lending.FacilityAsync(Id, cancellationToken) is { } state)
        {
            book = new FacilityBook(state);
            portfolio = new PortfolioPost(GrainFactory, book.Row.InstitutionId, log);
            watch.Resume(book);
            await ReadPrices();
            Revalue(clock.GetUtcNow());
        }
    }

    public ValueTask Report(CollateralReport report)
    {
        if (book is not null && report.FacilityId == Id && watch.TryTake(report))
        {
            Revalue(clock.GetUtcNow());
            DecideBehind();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask PricesChanged(PriceTable prices)
    {
        if (book is not null && prices.InstitutionId == book.Row.InstitutionId && watch.TryTake(prices))
        {
            Revalue(clock.GetUtcNow());
            DecideBehind();
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<FacilityView?> View()
    {
        if (book is null)
        {
            return ValueTask.FromResult<FacilityView?>(null);
        }

        // Reports run out and prices age without any news.
        Revalue(clock.GetUtcNow());
        return ValueTask.FromResult<FacilityView?>(watch.View(book, step!));
    }

    public async ValueTask Tick(DateTimeOffset now)
    {
        if (book is null)
        {
            await Reload();
        }

        if (book is null)
        {
            return;
        }

        // A notice of the market that got lost is made good here.
        await ReadPrices();
        await Accrue(now);
        Revalue(now);
        DecideBehind();
        await (deciding ?? Task.CompletedTask);
        await CloseTransfers();
        await RepairPledges(now);
        history.Offer(watch.View(book, step!));
    }

    public void Dispose()
    {
        SiloMeters.Facilities.Remove(fresh);
        oneCommit.Dispose();
    }

    private void Revalue(DateTimeOffset now)
    {
        step = watch.Revalue(book!, now);
        fresh.At = step.Sites.Count == 0 ? null : step.Sites.Min(site => site.AsOf);
        portfolio!.Offer(() => watch.View(book!, step!));
    }

    private async Task ReadPrices()
    {
        var (version, rows) = await prices.CurrentAsync(book!.Row.InstitutionId, CancellationToken.None);
        watch.TryTake(new PriceTable(
            book.Row.InstitutionId, version, [.. rows.Select(row => new PriceLine(row.PriceClass, row.Grade, row.FenPerTonne, row.EffectiveAt, row.Source))]));
    }

    private async Task Reload()
    {
        var state = await lending.FacilityAsync(Id, CancellationToken.None);
        if (state is null)
        {
            return;
        }

        var isFirst = book is null;
        book = new FacilityBook(state);
        portfolio ??= new PortfolioPost(GrainFactory, book.Row.InstitutionId, log);
        if (isFirst)
        {
            watch.Resume(book);
        }

        Revalue(clock.GetUtcNow());
    }

    /// <summary>Starts deciding unless it runs already; then it looks once more when it is done.</summary>
    private void DecideBehind()
    {
        decideAgain = true;
        if (deciding is null or { IsCompleted: true } && NextCallDecision() is not null)
        {
            deciding = Decide();
        }
    }

    private LendingDecision? NextCallDecision() => MarginCallDecisions.Next(book!, step!, watch.Line, watch.Clear, watch.PriceVersion);

    private async Task Decide()
    {
        try
        {
            for (var tries = 0; decideAgain && tries < MaximumTries; tries++)
            {
                decideAgain = false;
                await CommitCallDecision();
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The next report or tick tries again; until then nothing was decided.
            log.LogError(failure, "Facility {Facility}: a margin-call decision could not be committed", Id);
        }
    }

    private async Task CommitCallDecision()
    {
        await oneCommit.WaitAsync();
        try
        {
            Revalue(clock.GetUtcNow());
            if (NextCallDecision() is { } decision)
            {
                // Deliveries and their retries run on real time, whatever the domain's clock says.
                var sentAt = realTime.GetUtcNow();
                var dated = decision with { Outbox = [.. decision.Outbox.Select(row => row with { At = sentAt })] };
                var result = await lending.CommitAsync(dated, CancellationToken.None);
                log.LogInformation("Facility {Facility}: {Decision} {Result}", Id, decision.DecisionId, result);
                decideAgain = true;
                await Reload();
            }
        }
        finally
        {
            oneCommit.Release();
        }
    }

    private async Task Accrue(DateTimeOffset now)
    {
        for (var tries = 0; tries < MaximumTries; tries++)
        {
            await oneCommit.WaitAsync();
            try
            {
                Revalue(now);
                if (Accruals.Decide(book!, step!, watch.PriceVersion) is not { } decision)
                {
                    return;
                }

                await lending.CommitAsync(decision, CancellationToken.None);
                await Reload();
            }
            finally
            {
                oneCommit.Release();
            }
        }
    }
}
