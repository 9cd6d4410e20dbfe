using Earmark.Contracts.Sites;
using Microsoft.Extensions.Logging;

namespace Earmark.Gateway.Intake;

/// <summary>
/// Frames of one site on their way to it. One call is in flight; what arrives meanwhile is the next batch. What the site does not record is
/// tried again, oldest first, until somebody has to be told that it was not; while that lasts the site is away.
/// </summary>
internal sealed class SiteInbox(ISiteGrain grain, string siteId, InboxTerms terms, CancellationToken stopping)
{
    private readonly Lock _turn = new();
    private readonly Queue<Arrival> _waiting = new();
    private readonly GatewayOptions _options = terms.Options;
    private Arrival[] _inFlight = [];
    private List<Arrival> _unrecorded = [];
    private TaskCompletionSource? _room;
    private int _count;
    private bool _pumping;
    private volatile bool _away;
    private long? _failingSince;
    private long? _calledAt;
    private long _nextDeadline = long.MaxValue;

    public bool IsAway => _away;

    public bool HasRoom => _count < terms.Held.LimitOf(_options.Limits);

    /// <summary>Takes the frame in at once; completes when there is room for another, which the door must wait for.</summary>
    public ValueTask TakeAsync(Arrival arrival, CancellationToken cancellationToken)
    {
        Task? room = null;
        lock (_turn)
        {
            _waiting.Enqueue(arrival);
            _count++;
            terms.Held.Add(1);
            _nextDeadline = Math.Min(_nextDeadline, arrival.Deadline);
            if (arrival.Waits && !HasRoom)
            {
                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }
            if (!_pumping)
            {
                _pumping = true;
                _ = Task.Run(PumpAsync, CancellationToken.None);
            }
        }
        return room is null ? default : WaitAsync(room, cancellationToken);
    }

    /// <summary>Answers the frames whose hold is over; their site may record them still.</summary>
    public void Look(long now)
    {
        if (Volatile.Read(ref _nextDeadline) > now && _room is null)
        {
            return;
        }
        List<Arrival> late;
        lock (_turn)
        {
            late = [.. _inFlight.Concat(_unrecorded).Concat(_waiting).Where(arrival => arrival.IsAwaited)];
            _nextDeadline = late.Where(arrival => arrival.Deadline > now).Select(arrival => arrival.Deadline).DefaultIfEmpty(long.MaxValue).Min();
            late.RemoveAll(arrival => arrival.Deadline > now);
            _away |= late.Count > 0;
            OpenWhenRoom();
        }
        Hand(late, Receipts.NotRecorded);
    }

    private async ValueTask WaitAsync(Task room, CancellationToken cancellationToken)
    {
        terms.Meters.Paused(GatewayMeters.PausedBySite);
        await room.WaitAsync(cancellationToken);
    }

    private async Task PumpAsync()
    {
        var pause = _options.Limits.FirstRetry;
        while (await TryGatherAsync())
        {
            var receipts = await TryRecordAsync(_inFlight);
            if (Settle(_inFlight, receipts))
            {
                pause = _options.Limits.FirstRetry;
                continue;
            }
            await Task.Delay(pause, _options.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < _options.Limits.LongestRetry ? pause * 2 : _options.Limits.LongestRetry;
        }
    }

    private async ValueTask<bool> TryGatherAsync()
    {
        if (_calledAt is { } at && _options.Time.GetElapsedTime(at) < _options.Limits.BusyWithin && _count < _options.Limits.FramesWorthACall)
        {
            await Task.Delay(_options.Limits.BatchWait, _options.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        _calledAt = _options.Time.GetTimestamp();
        return TryTakeBatch();
    }

    private bool TryTakeBatch()
    {
        Arrival[] dropped = [];
        lock (_turn)
        {
            if (stopping.IsCancellationRequested)
            {
                dropped = [.. _unrecorded, .. _waiting];
                _unrecorded = [];
                _waiting.Clear();
                Leave(dropped.Length);
            }
            var count = Math.Min(Math.Min(SiteLimits.FramesPerBatch, _options.Limits.FramesPerInbox), _unrecorded.Count + _waiting.Count);
            var batch = count == 0 ? [] : new Arrival[count];
            var retried = Math.Min(count, _unrecorded.Count);
            _unrecorded.CopyTo(0, batch, 0, retried);
            _unrecorded.RemoveRange(0, retried);
            for (var i = retried; i < count; i++)
            {
                batch[i] = _waiting.Dequeue();
            }
            _inFlight = batch;
            _pumping = count > 0;
        }
        Hand(dropped, Receipts.NotRecorded);
        return _inFlight.Length > 0;
    }

    /// <summary>Null when nobody knows what became of the batch: an answer that failed, came too late or does not fit.</summary>
    private async Task<FrameReceipt[]?> TryRecordAsync(Arrival[] batch)
    {
        terms.Meters.Batch(batch.Length);
        try
        {
            var receipts = await grain.Record(new FrameBatch(Array.ConvertAll(batch, arrival => arrival.Frame)));
            return receipts.Length == batch.Length ? receipts : null;
        }
        catch (Exception failure)
        {
            if (_failingSince is null)
            {
                terms.Log.LogWarning(failure, "Site {Site} did not record {Frames} frames; they are held", siteId, batch.Length);
            }
            return null;
        }
    }

    /// <summary>Hands out the receipts; true when every frame has one.</summary>
    private bool Settle(Arrival[] batch, FrameReceipt[]? receipts)
    {
        var settled = receipts?.Count(receipt => receipt.Outcome != FrameOutcome.NotRecorded) ?? 0;
        Arrival[] dropped = [];
        lock (_turn)
        {
            if (settled > 0)
            {
                (_failingSince, _away) = (null, false);
            }
            if (settled < batch.Length)
            {
                var unrecorded = batch.Where((_, at) => receipts is null || receipts[at].Outcome == FrameOutcome.NotRecorded).ToList();
                var held = Hold(unrecorded);
                dropped = [.. unrecorded.Except(held)];
                _unrecorded.InsertRange(0, held);
            }
            _inFlight = [];
            Leave(settled + dropped.Length);
        }
        for (var at = 0; at < batch.Length && settled > 0; at++)
        {
            if (receipts![at].Outcome != FrameOutcome.NotRecorded)
            {
                terms.Receipts.Hand(batch[at], receipts[at]);
            }
        }
        Array.ForEach(batch, arrival => arrival.Tell());
        Hand(dropped, Receipts.NotRecorded);
        return settled == batch.Length;
    }

    // What nobody waits for any more is dropped, but for the oldest frame: it asks the site whether its journal is back. After a while
    // even that one, in case only it is at fault; then new connections are let in to try.
    private List<Arrival> Hold(List<Arrival> unrecorded)
    {
        _failingSince ??= _options.Time.GetTimestamp();
        var held = unrecorded.FindAll(arrival => arrival.IsAwaited);
        if (held.Count == 0 && _options.Time.GetElapsedTime(_failingSince.Value) < _options.Limits.LongestAway)
        {
            held = [unrecorded[0]];
        }
        if (held.Count == 0)
        {
            _failingSince = null;
            _away = false;
        }
        return held;
    }

    private void Leave(int frames)
    {
        _count -= frames;
        terms.Held.Add(-frames);
        OpenWhenRoom();
    }

    private void OpenWhenRoom()
    {
        if (_room is not null && HasRoom)
        {
            _room.SetResult();
            _room = null;
        }
    }

    private void Hand(IReadOnlyList<Arrival> arrivals, FrameReceipt receipt)
    {
        foreach (var arrival in arrivals)
        {
            terms.Receipts.Hand(arrival, receipt);
            arrival.Tell();
        }
    }
}
