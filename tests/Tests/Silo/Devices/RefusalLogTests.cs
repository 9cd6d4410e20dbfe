using Earmark.Contracts.Devices;
using Earmark.Silo.Devices;
using Earmark.Storage.History;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Earmark.Tests.Silo.Devices;

public sealed class RefusalLogTests
{
    [Fact]
    public async Task Refusals_are_kept_for_the_device_page_with_their_first_bytes_only()
    {
        await using var bank = await Bank.OpenAsync();
        var log = bank.Grains.GetGrain<IRefusalLogGrain>(0);
        var now = bank.Clock.GetUtcNow();
        await log.Record(new RefusalBatch([new Refusal(now, "bs-1", "bad-mac", 12, new byte[200], 3)], 5));
        var kept = Assert.Single(await bank.Service<IHistory>().ReadRefusalsAsync("bs-1", 10, Bank.Cancel));
        Assert.Equal(("bad-mac", 12, 3L, Refusal.MaximumFirstBytes), (kept.Reason, kept.Offset, kept.Count, kept.FirstBytes.Length));
    }

    [Fact]
    public async Task A_history_that_is_away_costs_the_gateway_nothing()
    {
        var grain = new RefusalLogGrain(new AwayHistory(), NullLogger<RefusalLogGrain>.Instance);
        await grain.Record(new RefusalBatch([new Refusal(default, null, "garbage", 0, [1], 1)], 0));
    }

    private sealed class AwayHistory : IHistory
    {
        public Task WriteAsync(IReadOnlyList<HistoryPoint> points, CancellationToken cancel) => throw new IOException("away");

        public Task<IReadOnlyList<HistoryPoint>> ReadAsync(
            string series, string subject, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancel) => throw new IOException("away");

        public Task<long> WatermarkAsync(string tailer, CancellationToken cancel) => throw new IOException("away");

        public Task SetWatermarkAsync(string tailer, long sequence, CancellationToken cancel) => throw new IOException("away");

        public Task<long> CondenseAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel) => throw new IOException("away");

        public Task WriteRefusalsAsync(IReadOnlyList<RefusalRow> refusals, CancellationToken cancel) => throw new IOException("away");

        public Task<IReadOnlyList<RefusalRow>> ReadRefusalsAsync(string? deviceId, int count, CancellationToken cancel) => throw new IOException("away");

        public Task<long> ForgetAsync(DateTimeOffset before, DateTimeOffset daysBefore, CancellationToken cancel) => throw new IOException("away");
    }
}
