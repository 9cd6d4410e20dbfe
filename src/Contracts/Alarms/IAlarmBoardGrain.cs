using Orleans.Concurrency;

namespace Earmark.Contracts.Alarms;

/// <summary>
/// The alarms of one site (key: the site). The site sends what stands, absolutely; the board opens what is new and clears
/// what is gone, one open alarm per subject and cause.
/// </summary>
[Alias("earmark.alarm-board")]
public interface IAlarmBoardGrain : IGrainWithStringKey
{
    /// <summary>An older (epoch, position) changes nothing.</summary>
    [Alias("stand")]
    ValueTask Stand(AlarmStanding standing);

    [Alias("acknowledge")]
    ValueTask<bool> Acknowledge(string alarmId, string by, string comment);
}

[GenerateSerializer, Immutable, Alias("earmark.alarm-standing")]
public sealed record AlarmStanding(
    [property: Id(0)] string SiteId,
    [property: Id(1)] string InstitutionId,
    [property: Id(2)] long Epoch,
    [property: Id(3)] long Position,
    [property: Id(4)] DateTimeOffset AsOf,
    [property: Id(5)] StandingCause[] Causes);

/// <param name="Subject">Device, asset, zone or site.</param>
/// <param name="Cause">station-silent, site-unobserved, dead-presumed, missing, sick, tampered, seal-broken, off-corridor, overdue, reconciliation-gap, entry-quarantined …</param>
/// <param name="Severity">1 information, 2 warning, 3 critical.</param>
[GenerateSerializer, Immutable, Alias("earmark.standing-cause")]
public sealed record StandingCause(
    [property: Id(0)] string Subject,
    [property: Id(1)] string Cause,
    [property: Id(2)] int Severity,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] string Detail);
