using Earmark.Contracts.Alarms;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Alarms;

/// <summary>The alarms of one site: what stands is the site's word, its history and acknowledgement are the Book's.</summary>
public sealed class AlarmBoardGrain(IAlarms alarms, DomainClock clock, ILogger<AlarmBoardGrain> log) : Grain, IAlarmBoardGrain
{
    /// <summary>More than this and the site itself is the alarm; the gravest and oldest are kept.</summary>
    public const int MaximumCauses = 2_000;

    private const int MaximumComment = 500;

    public async ValueTask Stand(AlarmStanding standing)
    {
        if (standing.SiteId != this.GetPrimaryKeyString())
        {
            return;
        }

        var causes = standing.Causes
            .OrderByDescending(cause => cause.Severity).ThenBy(cause => cause.Since)
            .DistinctBy(cause => (cause.Subject, cause.Cause))
            .Take(MaximumCauses)
            .Select(cause => new AlarmCauseRow(cause.Subject, cause.Cause, cause.Severity, cause.Since, cause.Detail))
            .ToList();
        if (causes.Count < standing.Causes.Length)
        {
            log.LogWarning("Site {Site}: {Count} causes of alarm, {Kept} kept", standing.SiteId, standing.Causes.Length, causes.Count);
        }

        await alarms.StandAsync(standing.SiteId, standing.InstitutionId, standing.Epoch, standing.Position, standing.AsOf, causes, CancellationToken.None);
    }

    public async ValueTask<bool> Acknowledge(string alarmId, string by, string comment) =>
        comment.Length <= MaximumComment && await alarms.AcknowledgeAsync(alarmId, by, comment, clock.GetUtcNow(), CancellationToken.None);
}
