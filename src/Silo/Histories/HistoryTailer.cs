using Earmark.Storage.History;
using Earmark.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.Silo.Histories;

/// <summary>
/// Tails the journal into the History. Every failure drops what is in memory and starts again from the kept watermark, after a
/// pause that doubles: a crash and an outage are the same case, and writing the same points again changes nothing
/// (<see cref="Quarters"/>). Real time paces it; the times of points are the journal's.
/// </summary>
public sealed class HistoryTailer(
    IJournal journal, IHistory history, HistoryTailerOptions options, TimeProvider time, ILogger<HistoryTailer> log) : BackgroundService
{
    public const string Name = "journal";
    private readonly List<HistoryPoint> _points = [];
    private readonly Days _days = new(history, options);
    private DateTimeOffset _newestAt;
    private DateTimeOffset? _firstAt;
    private long _restedAt;
    private long? _forgotAt;
    private long? _condensedAt;
    private long? _shownAt;
    private int _failures;

    /// <summary>How far it has come and what keeps it. Safe to read from any thread.</summary>
    public TailerProgress Progress { get; private set; } = new(0, null, false, null, 0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        _restedAt = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await TailAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                _failures++;
                Progress = Progress with { CaughtUp = false, Trouble = exception.Message, Failures = _failures };
                Say(exception);
                await Task.Delay(Pause(), time, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>An outage is one line, and one more when it is over; what nobody expects comes with its trace.</summary>
    private void Say(Exception exception)
    {
        if (exception is not HistoryAwayException)
        {
            log.LogWarning(exception, "History is not filled; try {Failures}", _failures);
        }
        else if (_failures == 1)
        {
            log.LogWarning("History is not filled: {Reason} It is tried again until it is back", exception.Message);
        }
    }

    private async Task TailAsync(CancellationToken cancel)
    {
        var last = await history.WatermarkAsync(Name, cancel);
        var kept = last;
        var quarters = new Quarters(last);
        while (true)
        {
            var entries = await journal.TailAsync(last, HistoryTailerOptions.EntriesPerRead, cancel);
            foreach (var entry in entries)
            {
                quarters.Pass(entry.Sequence, entry.At);
                FramePoints.Read(entry, quarters, _points);
                _firstAt ??= last == 0 ? entry.At : null;
                last = entry.Sequence;
                _newestAt = entry.At > _newestAt ? entry.At : _newestAt;
            }

            _points.AddRange(quarters.TakeFinished());
            await WriteAsync(cancel);
            if (quarters.Watermark > kept)
            {
                await history.SetWatermarkAsync(Name, quarters.Watermark, cancel);
                kept = quarters.Watermark;
            }

            if (_failures > 0)
            {
                log.LogInformation("History is filled again after {Failures} tries", _failures);
            }

            _failures = 0;
            Progress = new TailerProgress(last, _newestAt == default ? null : _newestAt, entries.Count == 0, null, 0);
            if (entries.Count == 0)
            {
                await RestAsync(quarters, cancel);
            }
            else if (IsOver(_restedAt, HistoryTailerOptions.SweepAnyway))
            {
                await SweepAsync(cancel);
            }
        }
    }

    /// <summary>Everything read is written: time for what may wait.</summary>
    private async Task RestAsync(Quarters quarters, CancellationToken cancel)
    {
        if (IsOver(_shownAt, HistoryTailerOptions.ShowEvery) && quarters.Count <= HistoryLimits.PointsPerWrite)
        {
            _points.AddRange(quarters.Unfinished());
            await WriteAsync(cancel);
            _shownAt = time.GetTimestamp();
        }

        await SweepAsync(cancel);
        await Task.Delay(options.Rest, time, cancel);
    }

    private async Task SweepAsync(CancellationToken cancel)
    {
        _restedAt = time.GetTimestamp();
        if (_newestAt != default && IsOver(_condensedAt, HistoryTailerOptions.CondenseEvery))
        {
            await _days.CondenseAsync(_firstAt, _newestAt, cancel);
            _condensedAt = time.GetTimestamp();
        }

        if (_newestAt != default && IsOver(_forgotAt, HistoryTailerOptions.ForgetEvery))
        {
            await history.ForgetAsync(_newestAt - options.Retention, _newestAt - options.DayRetention, cancel);
            _forgotAt = time.GetTimestamp();
        }
    }

    private async Task WriteAsync(CancellationToken cancel)
    {
        try
        {
            foreach (var chunk in _points.Chunk(HistoryTailerOptions.PointsPerWrite))
            {
                await history.WriteAsync(chunk, cancel);
            }
        }
        finally
        {
            _points.Clear();
        }
    }

    private bool IsOver(long? since, TimeSpan span) => since is not { } then || time.GetElapsedTime(then) >= span;

    private TimeSpan Pause()
    {
        var doubled = options.FirstPause * Math.Pow(2, Math.Min(_failures - 1, 16));
        return doubled < HistoryTailerOptions.LongestPause ? doubled : HistoryTailerOptions.LongestPause;
    }
}
