using Earmark.Contracts.Sites;
using Earmark.Silo.Keeping;
using Earmark.Storage.Book;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Archiving;

/// <summary>
/// Moves old periods of the journal into files: asks every site that needs it for an opening state, then has the period detached. Run by
/// the database's owner beside the cluster, for no silo may delete an entry. Real time: periods are cut by the database's clock.
/// </summary>
public sealed class JournalArchivist(IJournalPeriods periods, IRegister register, IGrainFactory grains, TimeProvider time, ILogger<JournalArchivist> log)
{
    /// <summary>Sites asked for their opening state at the same time.</summary>
    public const int AtOnce = 16;

    /// <summary>Archives what is old enough, oldest first, up to the first that can't go yet, whose answer is the last.</summary>
    /// <param name="folder">Where the files go.</param>
    /// <param name="keep">How long after its end a period stays.</param>
    /// <param name="tailedTo">The last sequence that every reader of the tail has passed.</param>
    public async Task<IReadOnlyList<(int Period, Detachment Answer)>> ArchiveAsync(string folder, TimeSpan keep, long tailedTo, CancellationToken cancel)
    {
        var answers = new List<(int, Detachment)>();
        var before = time.GetUtcNow() - keep;
        foreach (var period in (await periods.PeriodsAsync(cancel)).Where(period => period.DetachedAt is null && period.ClosedAt <= before))
        {
            await OpenAsync(await periods.SitesWithoutOpeningAsync(period.Number, cancel), cancel);
            var answer = await periods.DetachAsync(period.Number, folder, tailedTo, cancel);
            answers.Add((period.Number, answer));
            if (answer.Because is not null)
            {
                break;
            }
        }

        return answers;
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
            AtOnce,
            siteId => grains.Site(kinds[siteId], siteId).JournalOpening().AsTask(),
            siteId => $"site {siteId} opening",
            log);
    }
}
