using Earmark.Contracts.Alarms;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Silo.Metering;
using Earmark.Silo.Sites.Outbound;
using Earmark.Silo.Sites.Writing;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Sites;

/// <summary>
/// The single writer of one site: journals, then applies; what it answers is durable. Not reentrant, so one append is in flight; queries
/// interleave and see applied state only, because a fold never awaits. Whatever leaves its outcome in doubt ends the activation.
/// </summary>
internal abstract partial class SiteGrain(
    SiteKind kind, IJournal journal, DomainClock clock, ISiteNeighbours neighbours, ILogger log) : Grain, ISiteGrain, IDisposable
{
    /// <summary>How long a first call waits for the replay; what is longer goes on behind a "catching up" answer.</summary>
    public static readonly TimeSpan ActivationPatience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _gone = new();
    private readonly FreshMark _fresh = SiloMeters.Sites.Add();
    private SiteFold? _fold;
    private SiteWriter? _writer;
    private SiteOutbound? _outbound;
    private Task _opening = Task.CompletedTask;
    private string? _ended;
    private long _revision;
    private long[] _duplicates = [];

    private string SiteId => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _opening = OpenAsync();
        await Task.WhenAny(_opening, Task.Delay(ActivationPatience, TimeProvider.System, cancellationToken));
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _gone.CancelAsync();
        _outbound?.Stop();
        if (_ended is null && _fold is not null)
        {
            await SaveSnapshotAsync();
        }
    }

    public void Dispose()
    {
        SiloMeters.Sites.Remove(_fresh);
        _outbound?.Dispose();
        _writer?.Dispose();
        _gone.Dispose();
    }

    /// <summary>An empty fold of this kind of site.</summary>
    protected virtual SiteFold NewFold() => SiteReplay.NewFold(kind, SiteId);

    private async Task OpenAsync()
    {
        try
        {
            var head = await journal.TakeEpochAsync(SiteId, _gone.Token);
            var snapshot = await journal.LoadSnapshotAsync(SiteId, _gone.Token);
            var replay = new SiteReplay(journal, NewFold);
            var fold = await replay.FoldAsync(head, snapshot, _gone.Token);
            _writer = new SiteWriter(journal, head, log);
            _snapshotAt = snapshot?.Position ?? 0;
            _fold = fold;
            _fresh.At = fold.Core.At;
            foreach (var mark in replay.Owed(fold).ToArray())
            {
                await AppendAndApplyAsync([Draft.Quarantine(mark, NextEntryTime())]);
            }

            StartOutbound(fold);
        }
        catch (JournalUnavailableException away)
        {
            log.LogWarning(away, "Journal is away; {SiteId} cannot open", SiteId);
            _ended = "journal-unavailable";
        }
        catch (InvalidDataException broken)
        {
            log.LogCritical(broken, "{SiteId} cannot be folded", SiteId);
            _ended = "journal-broken";
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            log.LogError(failure, "{SiteId} cannot open", SiteId);
            _ended = "journal-unavailable";
        }
    }

    private void StartOutbound(SiteFold fold)
    {
        if (_ended is not null)
        {
            return;
        }

        var alarms = new AlarmPost(() => Standing(fold), neighbours, log);
        var courier = new TransitionCourier(
            SiteId, () => fold.Core.Transitions.Open, neighbours, answer => GrainFactory.Site(kind, SiteId).Submit(answer).AsTask(), log);
        _outbound = new SiteOutbound(
            () => fold.Core.Facilities.Names.Skip(1).ToArray(),
            facility => neighbours.ReportAsync(fold.Report(facility, _writer!.Epoch, ++_revision)),
            alarms,
            courier,
            TimeProvider.System,
            log);
        _outbound.Start();
    }

    private AlarmStanding Standing(SiteFold fold) => new(
        SiteId,
        fold.Core.InstitutionId,
        _writer!.Epoch,
        fold.Core.Position,
        fold.Core.At,
        AlarmPost.Bounded(SiteId, fold.Core.At, fold.Causes()));

    /// <summary>
    /// Why nothing can be journaled here now; null when it can. An activation that could not open is given up after its first answer, not
    /// before: ended while it activates, Orleans would send the call from one such activation to the next.
    /// </summary>
    private string? NotReady()
    {
        if (_ended is not null)
        {
            DeactivateOnIdle();
        }

        return _ended ?? (_outbound is null ? "catching-up" : null);
    }

    private void End(string reason)
    {
        _ended = reason;
        DeactivateOnIdle();
    }

    private DateTimeOffset NextEntryTime() => Later(clock.GetUtcNow());

    // Milliseconds, as the journal keeps them; never before the last entry.
    private DateTimeOffset Later(DateTimeOffset now)
    {
        var whole = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        return whole > _fold!.Core.At ? whole : _fold.Core.At;
    }
}
