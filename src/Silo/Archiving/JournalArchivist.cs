using Earmark.Contracts.Sites;
using Earmark.Silo.Histories;
using Earmark.Silo.Keeping;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Archiving;

/// <param name="Folder">
/// Where the files go; the same place for every silo. Null only has sites journal their opening states: a silo that may not delete
/// leaves the rest to <c>earmark journal detach</c>, run by the database's owner.
/// </param>
/// <param name="Keep">How long after its end a period stays in the database.</param>
public sealed record ArchivingOptions(string? Folder, TimeSpan Keep)
{
    /// <summary>Sites asked for their opening state at the same time.</summary>
    public const int AtOnce = 16;

    /// <summary>Between two looks.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>
/// Moves old periods of the journal into files: asks every site that needs it for an opening state, then has the period detached.
/// What can't go yet is tried again at the next look. Real time: periods are cut by the database's clock. Several silos may each have one.
/// </summary>
public sealed class JournalArchivist(
    IJournalPeriods periods, IHistory history, IRegister register, IGrainFactory grains, TimeProvider time, ArchivingOptions options, ILogger<JournalArchivist> log) : BackgroundService
{
    /// <summary>One look: archives what is old enough, oldest first. Answers how many periods went.</summary>
    public async Task<int> LookAsync(CancellationToken cancel)
    {
        var went = 0;
        var before = time.GetUtcNow() - options.Keep;
        foreach (var period in (await periods.PeriodsAsync(cancel)).Where(period => period.DetachedAt is null && period.ClosedAt <= before))
        {
            await OpenAsync(await periods.SitesWithoutOpeningAsync(period.Number, cancel), cancel);
            if (options.Folder is null)
            {
                continue;
            }

            var detached = await periods.DetachAsync(period.Number, options.Folder, await history.WatermarkAsync(HistoryTailer.Name, cancel), cancel);
            if (detached.Because is { } because)
            {
                log.LogWarning("Period {Period} of the journal stays for now: {Because}", period.Number, because);
                break;
            }

            log.LogInformation("Period {Period} of the journal, {Entries} entries, is now in {File}", period.Number, detached.Entries, detached.File);
            went++;
        }

        return went;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                log.LogError(failure, "Old periods of the journal could not be archived; nothing was taken away");
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Task.Delay(options.Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task OpenAsync(IReadOnlyList<string> siteIds, CancellationToken cancel)
    {
        if (siteIds.Count == 0)
        {
            return;
        }

        var kinds = (await register.SitesAsync(null, cancel)).ToDictionary(row => row.SiteId, row => (SiteKind)row.Kind, StringComparer.Ordinal);
        await Rounds.Run(
            [.. siteIds.Where(kinds.ContainsKey)],
            ArchivingOptions.AtOnce,
            siteId => grains.Site(kinds[siteId], siteId).JournalOpening().AsTask(),
            siteId => $"site {siteId} opening",
            log);
    }
}
