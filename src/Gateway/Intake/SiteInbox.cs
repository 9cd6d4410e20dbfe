using System.Diagnostics.CodeAnalysis;
using Earmark.Contracts.Sites;
using Microsoft.Extensions.Logging;

namespace Earmark.Gateway.Intake;

/// <summary>
/// Frames of one site on their way to it. One call is in flight; what arrives meanwhile is the next batch. What the site does not record is
/// tried again, oldest first, until somebody has to be told that it was not; while that lasts the site is away.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never made, so there is nothing to free; frames may still be settled while we stop.")]
internal sealed class SiteInbox(
    ISiteGrain grain, string siteId, GatewayOptions options, GatewayMeters meters, ILogger log, CancellationToken stopping)
{
    private static readonly FrameReceipt NotRecorded = new(FrameOutcome.NotRecorded, GatewayReasons.NotRecorded, 0);

    private readonly Lock _turn = new();
    private readonly Queue<HeldFrame> _waiting = new();
    private readonly SemaphoreSlim _room = new(options.Limits.FramesPerInbox);
    private List<HeldFrame> _unrecorded = [];
    private bool _pumping;
    private volatile bool _away;
    private long? _failingSince;

    public bool IsAway => _away;

    /// <summary>Waits for room, then for the receipt; together no longer than <paramref name="hold"/>.</summary>
    public async ValueTask<FrameReceipt> RecordAsync(Frame frame, TimeSpan hold, CancellationToken cancellationToken)
    {
        var since = options.Time.GetTimestamp();
        if (!await _room.WaitAsync(hold, cancellationToken))
        {
            _away = true;
            return NotRecorded;
        }
        HeldFrame held = new(frame);
        Enqueue(held);
        var left = hold - options.Time.GetElapsedTime(since);
        try
        {
            return await held.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, options.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return Abandon(held, away: true);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Abandon(held, away: false);
        }
    }

    private void Enqueue(HeldFrame held)
    {
        lock (_turn)
        {
            _waiting.Enqueue(held);
            if (_pumping)
            {
                return;
            }
            _pumping = true;
        }
        _ = Task.Run(PumpAsync, CancellationToken.None);
    }

    private FrameReceipt Abandon(HeldFrame held, bool away)
    {
        lock (_turn)
        {
            if (held.Task.IsCompletedSuccessfully)
            {
                return held.Task.Result;
            }
            held.IsAbandoned = true;
            _away |= away;
            return NotRecorded;
        }
    }

    private async Task PumpAsync()
    {
        var pause = options.Limits.FirstRetry;
        while (TryTakeBatch(out var batch))
        {
            var receipts = await TryRecordAsync(batch);
            if (Settle(batch, receipts))
            {
                pause = options.Limits.FirstRetry;
                continue;
            }
            await Task.Delay(pause, options.Time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < options.Limits.LongestRetry ? pause * 2 : options.Limits.LongestRetry;
        }
    }

    private bool TryTakeBatch(out HeldFrame[] batch)
    {
        lock (_turn)
        {
            if (stopping.IsCancellationRequested)
            {
                GiveUp(_unrecorded);
                GiveUp(_waiting);
                _unrecorded = [];
                _waiting.Clear();
            }
            var count = Math.Min(SiteLimits.FramesPerBatch, _unrecorded.Count + _waiting.Count);
            batch = new HeldFrame[count];
            var retried = Math.Min(count, _unrecorded.Count);
            _unrecorded.CopyTo(0, batch, 0, retried);
            _unrecorded.RemoveRange(0, retried);
            for (var i = retried; i < count; i++)
            {
                batch[i] = _waiting.Dequeue();
            }
            _pumping = count > 0;
            return _pumping;
        }
    }

    /// <summary>Null when nobody knows what became of the batch: an answer that failed, came too late or does not fit.</summary>
    private async Task<FrameReceipt[]?> TryRecordAsync(HeldFrame[] batch)
    {
        meters.Batch(batch.Length);
        try
        {
            var receipts = await grain.Record(new FrameBatch(Array.ConvertAll(batch, held => held.Frame)));
            return receipts.Length == batch.Length ? receipts : null;
        }
        catch (Exception failure)
        {
            if (_failingSince is null)
            {
                log.LogWarning(failure, "Site {Site} did not record {Frames} frames; they are held", siteId, batch.Length);
            }
            return null;
        }
    }

    /// <summary>Hands out the receipts; true when every frame has one.</summary>
    private bool Settle(HeldFrame[] batch, FrameReceipt[]? receipts)
    {
        List<HeldFrame> unrecorded = [];
        lock (_turn)
        {
            for (var i = 0; i < batch.Length; i++)
            {
                if (receipts is null || receipts[i].Outcome == FrameOutcome.NotRecorded)
                {
                    unrecorded.Add(batch[i]);
                    continue;
                }
                batch[i].TrySetResult(receipts[i]);
                _room.Release();
                _failingSince = null;
                _away = false;
            }
            if (unrecorded.Count > 0)
            {
                _unrecorded.InsertRange(0, Hold(unrecorded));
            }
        }
        return unrecorded.Count == 0;
    }

    // What nobody waits for any more is dropped, but for the oldest frame: it asks the site whether its journal is back. After a while
    // even that one, in case only it is at fault; then new connections are let in to try.
    private List<HeldFrame> Hold(List<HeldFrame> unrecorded)
    {
        _failingSince ??= options.Time.GetTimestamp();
        var held = unrecorded.FindAll(frame => !frame.IsAbandoned);
        if (held.Count == 0 && options.Time.GetElapsedTime(_failingSince.Value) < options.Limits.LongestAway)
        {
            held = [unrecorded[0]];
        }
        GiveUp(unrecorded.Except(held));
        if (held.Count == 0)
        {
            _failingSince = null;
            _away = false;
        }
        return held;
    }

    private void GiveUp(IEnumerable<HeldFrame> frames)
    {
        foreach (var frame in frames)
        {
            frame.TrySetResult(NotRecorded);
            _room.Release();
        }
    }
}
