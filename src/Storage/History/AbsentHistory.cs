namespace Earmark.Storage.History;

/// <summary>
/// A cluster that was given no InfluxDB: its processes have no folder in common where a History could be. Pages say it is away;
/// what would be written is dropped, for the journal has it all.
/// </summary>
internal sealed class AbsentHistory : IHistory
{
    public Task WriteAsync(IReadOnlyList<HistoryPoint> points, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<HistoryPoint>> ReadAsync(string series, string subject, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancel) =>
        Task.FromException<IReadOnlyList<HistoryPoint>>(Away());

    public Task<long> WatermarkAsync(string tailer, CancellationToken cancel) => Task.FromException<long>(Away());

    public Task SetWatermarkAsync(string tailer, long sequence, CancellationToken cancel) => Task.CompletedTask;

    public Task WriteRefusalsAsync(IReadOnlyList<RefusalRow> refusals, CancellationToken cancel) => Task.CompletedTask;

    public Task<IReadOnlyList<RefusalRow>> ReadRefusalsAsync(string? deviceId, int count, CancellationToken cancel) =>
        Task.FromException<IReadOnlyList<RefusalRow>>(Away());

    public Task<long> CondenseAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) => Task.FromResult(0L);

    public Task<long> ForgetAsync(DateTimeOffset before, DateTimeOffset daysBefore, CancellationToken cancel) => Task.FromResult(0L);

    private static HistoryAwayException Away() => new("This cluster was started without an InfluxDB.");
}
