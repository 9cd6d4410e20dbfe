using Earmark.Storage.History;
using Xunit;

namespace Earmark.Tests.Storage.History;

/// <summary>What every History must do. One subclass for each implementation.</summary>
public abstract class HistoryConformance : IAsyncDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected abstract IHistory History { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public abstract ValueTask DisposeAsync();

    [Fact]
    public async Task Points_are_read_oldest_first_and_the_newest_when_there_are_too_many()
    {
        await History.WriteAsync([Point("tag-1", 3, 30), Point("tag-1", 1, 10), Point("tag-1", 2, 20), Point("tag-2", 2, 99)], Cancel);
        Assert.Equal([10, 20, 30], Values(await Read("tag-1", 0, 9, 100)));
        Assert.Equal([20, 30], Values(await Read("tag-1", 0, 9, 2)));
        Assert.Equal([20], Values(await Read("tag-1", 2, 2, 100)));
        Assert.Empty(await Read("tag-3", 0, 9, 100));
        Assert.Empty(await History.ReadAsync(HistorySeries.Scale, "tag-1", Noon, Noon.AddDays(1), 10, Cancel));
    }

    [Fact]
    public async Task The_same_point_again_changes_nothing_and_a_better_one_takes_its_place()
    {
        await History.WriteAsync([Point("tag-1", 1, 10)], Cancel);
        await History.WriteAsync([Point("tag-1", 1, 10)], Cancel);
        await History.WriteAsync([Point("tag-1", 1, 11)], Cancel);
        Assert.Equal([11], Values(await Read("tag-1", 0, 9, 100)));
    }

    [Fact]
    public async Task All_values_of_a_point_come_back_also_what_is_not_a_number()
    {
        await History.WriteAsync([new HistoryPoint(HistorySeries.Facility, "fac-1", Noon, [1.5, -2, double.NaN, 0])], Cancel);
        var point = Assert.Single(await History.ReadAsync(HistorySeries.Facility, "fac-1", Noon, Noon, 1, Cancel));
        Assert.Equal([1.5, -2, double.NaN, 0], point.Values);
        Assert.Equal(Noon, point.At);
    }

    [Fact]
    public async Task A_watermark_is_0_at_first_and_kept_by_name()
    {
        Assert.Equal(0, await History.WatermarkAsync("a", Cancel));
        await History.SetWatermarkAsync("a", 7, Cancel);
        await History.SetWatermarkAsync("a", 9, Cancel);
        Assert.Equal((9, 0), (await History.WatermarkAsync("a", Cancel), await History.WatermarkAsync("b", Cancel)));
    }

    [Fact]
    public async Task Refusals_are_read_newest_first_by_device_and_apart_for_nobody()
    {
        await History.WriteRefusalsAsync([Refusal("bs-1", 1), Refusal(null, 2), Refusal("bs-1", 3)], Cancel);
        Assert.Equal([3, 1], (await History.ReadRefusalsAsync("bs-1", 10, Cancel)).Select(refusal => refusal.Count));
        var nobody = Assert.Single(await History.ReadRefusalsAsync(null, 10, Cancel));
        Assert.Equal((null, "bad-crc", 5, Noon.AddMinutes(2)), (nobody.DeviceId, nobody.Reason, nobody.Offset, nobody.At));
        Assert.Equal([0xE, 0xF], nobody.FirstBytes);
    }

    [Fact]
    public async Task Only_the_newest_refusals_of_a_device_and_their_first_bytes_are_kept()
    {
        var many = Enumerable.Range(0, HistoryLimits.RefusalsPerDevice).Select(i => Refusal("bs-1", i)).ToArray();
        await History.WriteRefusalsAsync(many, Cancel);
        await History.WriteRefusalsAsync([Refusal("bs-2", 1), Refusal("bs-1", 9_999) with { FirstBytes = new byte[5_000] }], Cancel);
        var kept = await History.ReadRefusalsAsync("bs-1", 10_000, Cancel);
        Assert.Equal((HistoryLimits.RefusalsPerDevice, 9_999, 1), (kept.Count, kept[0].Count, kept[^1].Count));
        Assert.Equal(HistoryLimits.FirstBytes, kept[0].FirstBytes.Length);
        Assert.Single(await History.ReadRefusalsAsync("bs-2", 10, Cancel));
    }

    [Fact]
    public async Task What_is_older_than_its_retention_is_forgotten_and_the_rest_stays()
    {
        await History.WriteAsync([.. Enumerable.Range(0, 1_200).SelectMany(i => new[] { Point($"tag-{i}", 1, i), Point($"tag-{i}", 5, i) })], Cancel);
        await History.WriteRefusalsAsync([Refusal("bs-1", 1), Refusal("bs-1", 5)], Cancel);
        Assert.Equal(1_201, await History.ForgetAsync(Noon.AddMinutes(5), Noon, Cancel));
        Assert.Equal(0, await History.ForgetAsync(Noon.AddMinutes(5), Noon, Cancel));
        Assert.Single(await Read("tag-1199", 0, 9, 10));
        Assert.Single(await History.ReadRefusalsAsync("bs-1", 10, Cancel));
    }

    [Fact]
    public async Task Days_have_a_retention_of_their_own()
    {
        await History.WriteAsync([Day("tag-1", 1), Day("tag-1", 5), Point("tag-1", 1, 7), Point("tag-1", 5, 8)], Cancel);
        Assert.Equal(1, await History.ForgetAsync(Noon.AddMinutes(5), Noon.AddMinutes(1), Cancel));
        Assert.Equal(2, (await ReadDays("tag-1")).Count);
        Assert.Equal(1, await History.ForgetAsync(Noon.AddMinutes(5), Noon.AddMinutes(2), Cancel));
        Assert.Equal(Noon.AddMinutes(5), Assert.Single(await ReadDays("tag-1")).At);
        Assert.Equal([8], Values(await Read("tag-1", 0, 9, 10)));
    }

    [Fact]
    public async Task The_quarters_of_a_day_become_one_point_and_those_of_others_do_not()
    {
        await History.WriteAsync(
            [
                Quarter("tag-1", -1, 99, 99, 99, 99, -1), Quarter("tag-1", 0, 3, 10, 4, 38.5, -70), Quarter("tag-1", 15, 1, 0, 30, double.NaN, -60),
                Quarter("tag-1", 29, 2, 5, 0, 39.5, double.NaN), Quarter("tag-1", 30, 99, 99, 99, 99, -1), Quarter("tag-2", 7, 1, 0, 0, double.NaN, double.NaN),
                new HistoryPoint(HistorySeries.Scale, "scale-1", Noon, [1, 2, 1]),
            ],
            Cancel);
        Assert.Equal(2, await History.CondenseAsync(Noon, Noon.AddMinutes(30), Cancel));
        Assert.Equal((double[])[6, 15, 30, 39, -60], Assert.Single(await ReadDays("tag-1")).Values);
        Assert.Equal((double[])[1, 0, 0, double.NaN, double.NaN], Assert.Single(await ReadDays("tag-2")).Values);
        Assert.Equal(0, await History.CondenseAsync(Noon.AddDays(1), Noon.AddDays(2), Cancel));
    }

    [Fact]
    public async Task Condensing_again_takes_in_what_came_late()
    {
        await History.WriteAsync([Quarter("tag-1", 0, 3, 10, 4, 38.5, -70)], Cancel);
        await History.CondenseAsync(Noon, Noon.AddDays(1), Cancel);
        await History.WriteAsync([Quarter("tag-1", 45, 1, 2, 8, 39.5, -80)], Cancel);
        await History.CondenseAsync(Noon, Noon.AddDays(1), Cancel);
        var day = Assert.Single(await ReadDays("tag-1"));
        Assert.Equal((Noon, 4, 12, 8, 39), (day.At, day.Values[0], day.Values[1], day.Values[2], day.Values[3]));
    }

    [Fact]
    public async Task A_value_that_is_no_number_any_more_takes_the_number_s_place()
    {
        await History.WriteAsync([new HistoryPoint(HistorySeries.Facility, "fac-1", Noon, [10, 5, 0.5, 7])], Cancel);
        await History.WriteAsync([new HistoryPoint(HistorySeries.Facility, "fac-1", Noon, [0, 5, double.NaN, 0])], Cancel);
        var point = Assert.Single(await History.ReadAsync(HistorySeries.Facility, "fac-1", Noon, Noon, 1, Cancel));
        Assert.Equal([0, 5, double.NaN, 0], point.Values);
    }

    [Fact]
    public async Task Names_that_mean_something_to_a_database_are_names_here()
    {
        string[] hostile =
        [
            "", " ", "%", "a,b=c d", "'; DROP DATABASE earmark; --", "\"", "\\", "a\\", "a\nb", "a\r\nm,subject=b v=1", "\0", "牛一", "' OR ''='", "/.*/", "a%0020b", "a b",
        ];
        await History.WriteAsync([.. hostile.Select((name, i) => Point(name, 1, i))], Cancel);
        foreach (var (name, i) in hostile.Select((name, i) => (name, i)))
        {
            Assert.Equal([i], Values(await Read(name, 0, 9, 100)));
        }

        await History.WriteRefusalsAsync([.. hostile[1..].Select((name, i) => Refusal(name, i) with { Reason = name })], Cancel);
        foreach (var name in hostile[1..])
        {
            Assert.Equal(name, Assert.Single(await History.ReadRefusalsAsync(name, 10, Cancel)).Reason);
        }

        await History.SetWatermarkAsync(hostile[4], 4, Cancel);
        Assert.Equal((4, 0), (await History.WatermarkAsync(hostile[4], Cancel), await History.WatermarkAsync(hostile[5], Cancel)));
    }

    [Fact]
    public async Task Every_number_comes_back_to_its_last_bit()
    {
        double[] numbers = [double.MaxValue, double.Epsilon, -1e300, 1e16, 123_456_789.123_456_78, 0.1 + 0.2, 1d / 3, -0.0, 1e-7, long.MaxValue];
        await History.WriteAsync([new HistoryPoint(HistorySeries.Scale, "s", Noon, numbers)], Cancel);
        Assert.Equal(numbers, Assert.Single(await History.ReadAsync(HistorySeries.Scale, "s", Noon, Noon, 1, Cancel)).Values);
    }

    [Fact]
    public async Task More_than_a_write_may_hold_is_refused()
    {
        var points = Enumerable.Repeat(Point("tag-1", 1, 1), HistoryLimits.PointsPerWrite + 1).ToArray();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => History.WriteAsync(points, Cancel));
    }

    private Task<IReadOnlyList<HistoryPoint>> Read(string subject, int fromMinute, int toMinute, int count) =>
        History.ReadAsync(HistorySeries.TagQuarter, subject, Noon.AddMinutes(fromMinute), Noon.AddMinutes(toMinute), count, Cancel);

    private Task<IReadOnlyList<HistoryPoint>> ReadDays(string subject) =>
        History.ReadAsync(HistorySeries.TagDay, subject, Noon.AddDays(-1), Noon.AddDays(3), 10, Cancel);

    private static HistoryPoint Day(string subject, int minute) => Point(subject, minute, 1) with { Series = HistorySeries.TagDay };

    private static HistoryPoint Quarter(string subject, int minute, params double[] values) => Point(subject, minute, 0) with { Values = values };

    private static IEnumerable<double> Values(IEnumerable<HistoryPoint> points) => points.Select(point => point.Values.Single());

    private static HistoryPoint Point(string subject, int minute, double value) => new(HistorySeries.TagQuarter, subject, Noon.AddMinutes(minute), [value]);

    private static RefusalRow Refusal(string? device, int count) => new(Noon.AddMinutes(count), device, "bad-crc", 5, [0xE, 0xF], count);
}
