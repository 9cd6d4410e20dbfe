namespace Earmark.Storage.Book;

public interface IAlarms
{
    /// <summary>
    /// Makes the open alarms of a site exactly those given, in one transaction: new ones open, gone ones clear. One open
    /// alarm per subject and cause. Ignored when (epoch, position) is not newer than the last. Answers what changed.
    /// </summary>
    Task<IReadOnlyList<AlarmRow>> StandAsync(string siteId, string institutionId, long epoch, long position, DateTimeOffset at, IReadOnlyList<AlarmCauseRow> causes, CancellationToken cancel);
    Task<bool> AcknowledgeAsync(string alarmId, string by, string comment, DateTimeOffset at, CancellationToken cancel);
    Task<IReadOnlyList<AlarmRow>> AlarmsAsync(string institutionId, string? siteId, bool openOnly, int offset, int count, CancellationToken cancel);
    Task<AlarmRow?> AlarmAsync(string institutionId, string alarmId, CancellationToken cancel);
    Task<long> CountOpenAsync(string institutionId, CancellationToken cancel);
}

public sealed record AlarmCauseRow(string Subject, string Cause, int Severity, DateTimeOffset Since, string Detail);

/// <param name="State">raised, acknowledged, cleared.</param>
public sealed record AlarmRow(
    string AlarmId,
    string InstitutionId,
    string SiteId,
    string Subject,
    string Cause,
    int Severity,
    string State,
    DateTimeOffset Since,
    DateTimeOffset RaisedAt,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    string? Comment,
    DateTimeOffset? ClearedAt,
    string Detail);
