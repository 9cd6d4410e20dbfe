using Earmark.Storage.History;
using Earmark.Storage.Journal;

namespace Earmark.Tests.Silo.Histories;

/// <summary>A journal that was written before the test began; gives few entries at a time.</summary>
internal sealed class WrittenJournal(IReadOnlyList<JournalEntry> entries, int atATime) : IJournal
{
    public Task<IReadOnlyList<JournalEntry>> TailAsync(long afterSequence, int count, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<JournalEntry>>([.. entries.Where(entry => entry.Sequence > afterSequence).Take(atATime)]);

    public Task<SiteHead> TakeEpochAsync(string siteId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> AppendAsync(JournalAppend append, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<JournalEntry>> ReadAsync(string siteId, long afterPosition, int count, CancellationToken cancel) => throw new NotSupportedException();

    public Task<SiteHead?> HeadAsync(string siteId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<SiteSnapshot?> LoadSnapshotAsync(string siteId, CancellationToken cancel) => throw new NotSupportedException();

    public Task<bool> SaveSnapshotAsync(SiteSnapshot snapshot, CancellationToken cancel) => throw new NotSupportedException();
}

/// <summary>A History in memory that is away when <paramref name="isAway"/> says so for the number of the call.</summary>
internal sealed class MemoryHistory(Func<int, bool> isAway) : IHistory
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, long> _watermarks = [];
    private int _calls;

    public SortedDictionary<string, string> Points { get; } = new(StringComparer.Ordinal);

    public List<DateTimeOffset> Forgotten { get; } = [];

    public long Watermark => _watermarks.GetValueOrDefault("journal");

    public Task WriteAsync(IReadOnlyList<HistoryPoint> points, CancellationToken cancel) => Do(() =>
    {
        foreach (var point in points)
        {
            Points[$"{point.Series} {point.Subject} {point.At:O}"] = string.Join(' ', point.Values);
        }

        return true;
    });

    public Task<long> WatermarkAsync(string tailer, CancellationToken cancel) => Do(() => _watermarks.GetValueOrDefault(tailer));

    public Task SetWatermarkAsync(string tailer, long sequence, CancellationToken cancel) => Do(() => _watermarks[tailer] = sequence);

    public List<(DateTimeOffset From, DateTimeOffset To)> Condensed { get; } = [];

    public Task<long> CondenseAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        Condensed.Add((from, to));
        return Task.FromResult(0L);
    }

    public Task<long> ForgetAsync(DateTimeOffset before, DateTimeOffset daysBefore, CancellationToken cancel)
    {
        Forgotten.Add(before);
        return Task.FromResult(0L);
    }

    public Task<IReadOnlyList<HistoryPoint>> ReadAsync(string series, string subject, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancel) =>
        throw new NotSupportedException();

    public Task WriteRefusalsAsync(IReadOnlyList<RefusalRow> refusals, CancellationToken cancel) => throw new NotSupportedException();

    public Task<IReadOnlyList<RefusalRow>> ReadRefusalsAsync(string? deviceId, int count, CancellationToken cancel) => throw new NotSupportedException();

    private Task<T> Do<T>(Func<T> act)
    {
        lock (_turn)
        {
            return isAway(_calls++) ? Task.FromException<T>(new IOException("History is away")) : Task.FromResult(act());
        }
    }
}
