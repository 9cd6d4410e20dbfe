using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Sites.Outbound;

/// <summary>
/// Brings a site's reports, alarms and transitions upward, on the grain's own scheduler but never inside one of its methods. Changes are gathered
/// for a moment, and for longer only while the last telling is fresh: the first change after quiet goes up at once. Reports are repeated, since a facility that restarted has forgotten them.
/// </summary>
internal sealed class SiteOutbound(
    Func<IReadOnlyList<string>> facilities,
    Func<string, Task> report,
    AlarmPost alarms,
    TransitionCourier courier,
    TimeProvider real,
    ILogger log) : IDisposable
{
    public static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(5);

    /// <summary>A site that changes all the time tells so often.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);
    public static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait of <see cref="FlushAsync"/>.</summary>
    public static readonly TimeSpan FlushWithin = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, Post> _reports = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0);
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _repeated = real.GetTimestamp();
    private long? _told;
    private long _change;
    private int _hurrying;

    public void Start()
    {
        Changed();
        _ = RunAsync();
    }

    /// <summary>State has changed: all of it is owed upward again.</summary>
    public void Changed()
    {
        _change++;
        Wake();
    }

    /// <summary>A tick was applied: alarms are told again and open transitions asked again.</summary>
    public void Ticked()
    {
        courier.AskAgain();
        alarms.Repeat();
        Changed();
    }

    /// <summary>Returns when what is owed now has been delivered once, and the transitions open now have been asked once.</summary>
    /// <exception cref="TimeoutException">somebody above does not answer</exception>
    public async Task FlushAsync()
    {
        _hurrying++;
        using var limit = new CancellationTokenSource(FlushWithin, real);
        try
        {
            await UntilAsync(() => !courier.Running && !courier.IsDue, limit.Token);
            var change = _change;
            await UntilAsync(() => IsDelivered(change), limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException("what is owed upward was not taken in time");
        }
        finally
        {
            _hurrying--;
        }
    }

    public void Stop() => _stop.Cancel();

    public void Dispose()
    {
        _stop.Cancel();
        _wake.Dispose();
        _stop.Dispose();
    }

    private bool IsDelivered(long change) =>
        alarms.Post.Delivered >= change && facilities().All(facility => _reports.TryGetValue(facility, out var post) && post.Delivered >= change);

    private async Task UntilAsync(Func<bool> done, CancellationToken cancel)
    {
        while (!done())
        {
            var progress = _progress.Task;
            Wake();
            await progress.WaitAsync(cancel);
        }
    }

    private async Task RunAsync()
    {
        var stop = _stop.Token;
        try
        {
            while (true)
            {
                var woken = await _wake.WaitAsync(Anything(post => post.Failed) ? Post.RetryAfter : RepeatAfter, stop);
                if (woken && _hurrying == 0)
                {
                    await Task.Delay(Pause(), real, stop);
                }

                RepeatReports();
                SendWhatIsDue();
            }
        }
        catch (OperationCanceledException)
        {
            log.LogDebug("Outbound loop ended");
        }
        catch (ObjectDisposedException)
        {
            log.LogDebug("Outbound loop ended");
        }
    }

    private TimeSpan Pause() => _told is { } told && real.GetElapsedTime(told) + Gather < Between ? Between - real.GetElapsedTime(told) : Gather;

    private void SendWhatIsDue()
    {
        _told = real.GetTimestamp();
        foreach (var facility in facilities())
        {
            if (!_reports.TryGetValue(facility, out var post))
            {
                _reports.Add(facility, post = new Post(() => report(facility), log));
            }

            Send(post);
        }

        Send(alarms.Post);
        if (courier.IsDue)
        {
            _ = ThenWakeAsync(courier.PassAsync());
        }
    }

    private void Send(Post post)
    {
        post.Owe(_change);
        if (post.IsDue)
        {
            _ = ThenWakeAsync(post.SendAsync(_change));
        }
    }

    // What changed while a message was under way is due as soon as it has arrived; a failed one waits for its retry.
    private async Task ThenWakeAsync(Task sending)
    {
        await sending;
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        var progress = _progress;
        _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        progress.TrySetResult();
        if (!Anything(post => post.Failed) && (courier.IsDue || Anything(post => post.Delivered < _change && !post.InFlight)))
        {
            Wake();
        }
    }

    private void RepeatReports()
    {
        if (real.GetElapsedTime(_repeated) < RepeatAfter)
        {
            return;
        }

        _repeated = real.GetTimestamp();
        foreach (var post in _reports.Values)
        {
            post.Repeat();
        }
    }

    private bool Anything(Func<Post, bool> holds) => holds(alarms.Post) || _reports.Values.Any(holds);

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
        {
            _wake.Release();
        }
    }
}
