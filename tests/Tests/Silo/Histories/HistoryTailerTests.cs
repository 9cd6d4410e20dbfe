using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.TmrFeeder;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Silo.Histories;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using static Earmark.Tests.Silo.Histories.Frames;

namespace Earmark.Tests.Silo.Histories;

public sealed class HistoryTailerTests
{
    private const ulong Cow = 156_000_000_000_001;
    private static readonly HistoryTailerOptions Quick = new() { Rest = TimeSpan.FromMilliseconds(5), FirstPause = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task Readings_of_one_quarter_become_one_point_at_its_start()
    {
        var frames = new Frames();
        frames.Round(Ten.AddMinutes(1), Ten.AddMinutes(1), FrameFlags.None, (Cow, Reading(10, 3, 3_800, -80)));
        frames.Round(Ten.AddMinutes(9), Ten.AddMinutes(9), FrameFlags.None, (Cow, Reading(5, 7, 3_900, -60)), (Cow + 1, Reading(1, 0, null, null)));
        frames.Tick(Ten.AddMinutes(20));
        var history = await Tail(frames);
        Assert.Equal("2 15 7 38.5 -60", history.Points[$"tag-quarter {Cow} {Ten:O}"]);
        Assert.Equal("1 1 0 NaN NaN", history.Points[$"tag-quarter {Cow + 1} {Ten:O}"]);
        Assert.Equal(2, history.Points.Count);
    }

    [Fact]
    public async Task What_was_read_in_a_quarter_but_arrives_just_after_still_counts_into_it()
    {
        var frames = new Frames();
        frames.Round(Ten.AddMinutes(14), Ten.AddMinutes(14), FrameFlags.None, (Cow, Reading(1)));
        frames.Round(Ten.AddSeconds(901), Ten.AddSeconds(899), FrameFlags.None, (Cow, Reading(2)));
        frames.Tick(Ten.AddMinutes(18));
        Assert.StartsWith("2 3 ", Assert.Single((await Tail(frames)).Points).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_late_gets_a_point_of_its_own_beside_the_quarter_s_and_changes_nothing_of_it()
    {
        var frames = new Frames();
        frames.Round(Ten.AddMinutes(1), Ten.AddMinutes(1), FrameFlags.None, (Cow, Reading(1)));
        frames.Round(Ten.AddMinutes(31), Ten.AddMinutes(2), FrameFlags.Backlog, (Cow, Reading(7)));
        frames.Round(Ten.AddMinutes(32), Ten.AddMinutes(3), FrameFlags.Backlog, (Cow, Reading(8)));
        frames.Tick(Ten.AddMinutes(50));
        var points = (await Tail(frames)).Points;
        Assert.StartsWith("1 1 ", points[$"tag-quarter {Cow} {Ten:O}"], StringComparison.Ordinal);
        Assert.StartsWith("2 15 ", points[$"tag-quarter {Cow} {Ten.AddMilliseconds(128):O}"], StringComparison.Ordinal);
        Assert.Equal(2, points.Count);
    }

    [Fact]
    public async Task A_clock_that_is_not_set_or_ahead_is_not_believed_and_the_entry_s_time_counts()
    {
        var frames = new Frames();
        frames.Round(Ten.AddMinutes(1), Ten.AddYears(-20), FrameFlags.ClockUnsynchronised, (Cow, Reading(1)));
        frames.Round(Ten.AddMinutes(2), Ten.AddDays(3), FrameFlags.None, (Cow, Reading(2)));
        frames.Garbage(Ten.AddMinutes(3));
        Assert.StartsWith("2 3 ", Assert.Single((await Tail(frames)).Points).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Weighings_positions_and_feed_events_are_points_as_they_came()
    {
        var frames = new Frames();
        var payload = new byte[200];
        var feed = TmrFeederCodec.Write([Feed(FeedEventType.Load, 500_000), Feed(FeedEventType.Delivery, 480_500)], payload);
        frames.Frame(DeviceKind.TmrFeeder, "tmr-1", Ten, Ten, FrameFlags.None, payload.AsSpan(0, feed));
        var scale = WarehouseScaleCodec.Write(
            new ScaleReading(12_345, 345, 12_000, -1, WeightUnit.Kilogram, ScaleFlags.Stable | ScaleFlags.TareActive, ScalePurpose.Inbound, default), payload);
        frames.Frame(DeviceKind.WarehouseScale, "scale-1", Ten, Ten, FrameFlags.None, payload.AsSpan(0, scale));
        var node = GpsNodeCodec.Write(
            new GpsReading(GpsFix.Gnss, new GpsPosition(435_000_000, 1_250_000_000, 605, null, 25), 9, GpsInputs.SealIntact, null), payload);
        frames.Frame(DeviceKind.GpsNode, "node-1", Ten, Ten, FrameFlags.None, payload.AsSpan(0, node));
        var points = (await Tail(frames)).Points;
        Assert.Equal("500 1", points[$"feed tmr-1 {Ten.AddSeconds(-30):O}"]);
        Assert.Equal("480.5 2", points[$"feed tmr-1 {Ten.AddSeconds(-30).AddMilliseconds(1):O}"]);
        Assert.Equal("1200 1234.5 1", points[$"scale scale-1 {Ten:O}"]);
        Assert.Equal("43.5 125 60.5 2.5", points[$"position node-1 {Ten:O}"]);
        Assert.Equal(4, points.Count);
    }

    [Fact]
    public async Task The_watermark_never_passes_an_open_quarter()
    {
        var frames = new Frames();
        frames.Round(Ten.AddMinutes(1), Ten.AddMinutes(1), FrameFlags.None, (Cow, Reading(1)));
        frames.Round(Ten.AddMinutes(16), Ten.AddMinutes(16), FrameFlags.None, (Cow, Reading(1)));
        Assert.Equal(0, (await Tail(frames)).Watermark);
        frames.Tick(Ten.AddMinutes(17));
        Assert.Equal(1, (await Tail(frames)).Watermark);
        frames.Tick(Ten.AddMinutes(29));
        Assert.Equal(1, (await Tail(frames)).Watermark);
    }

    [Fact]
    public async Task Wherever_the_History_goes_away_the_points_are_those_of_an_uninterrupted_run()
    {
        var frames = Day(new Random(7));
        var whole = await Tail(frames);
        Assert.True(whole.Points.Count > 80, "the day has something to say");
        for (var failing = 0; failing < 40; failing++)
        {
            var call = failing;
            var broken = await Tail(frames, number => number == call || number == (call * 3) + 5);
            Assert.Equal(whole.Points, broken.Points);
            Assert.Equal(whole.Watermark, broken.Watermark);
        }
    }

    [Fact]
    public async Task A_crash_at_any_moment_and_a_new_start_give_the_points_of_an_uninterrupted_run()
    {
        var frames = Day(new Random(8));
        var whole = await Tail(frames);
        for (var stop = 1; stop < frames.Entries.Count; stop += 9)
        {
            // The first run ends where it stands: it had seen only a part. The second starts from the History it left.
            var history = new MemoryHistory(_ => false);
            await Tail(frames, history, frames.Entries.Count - stop);
            await Tail(frames, history, frames.Entries.Count);
            Assert.Equal(whole.Points, history.Points);
        }
    }

    [Fact]
    public async Task While_the_History_is_away_the_tailer_says_so_and_goes_on_when_it_is_back()
    {
        var away = true;
        var frames = new Frames();
        frames.Round(Ten, Ten, FrameFlags.None, (Cow, Reading(1)));
        var history = new MemoryHistory(_ => Volatile.Read(ref away));
        using var tailer = Tailer(new WrittenJournal(frames.Entries, 10), history);
        await tailer.StartAsync(TestContext.Current.CancellationToken);
        await Until(() => tailer.Progress is { Failures: > 3, Trouble: "History is away", CaughtUp: false });
        Volatile.Write(ref away, false);
        await Until(() => tailer.Progress is { CaughtUp: true, Trouble: null, Failures: 0, Sequence: 1 } && history.Points.Count == 1);
        Assert.Equal(Ten, tailer.Progress.ReadThrough);
        await Until(() => history.Forgotten.Count == 1);
        Assert.Equal(Ten - Quick.Retention, history.Forgotten[0]);
        await tailer.StopAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Three hours of rounds, some of them late, with an outage in which nothing comes at all.</summary>
    private static Frames Day(Random random)
    {
        var frames = new Frames();
        for (var minute = 0; minute < 180; minute++)
        {
            if (minute is > 60 and < 100)
            {
                continue;
            }

            var at = Ten.AddMinutes(minute).AddSeconds(random.Next(50));
            var late = random.Next(10) == 0 ? random.Next(100) : 0;
            var device = at.AddMinutes(-late).AddSeconds(-random.Next(3));
            frames.Round(at, device, FrameFlags.None, [.. Enumerable.Range(0, 5).Where(_ => random.Next(4) > 0).Select(i => (Cow + (ulong)i, Reading(random.Next(50))))]);
            frames.Tick(at.AddSeconds(random.Next(8)));
        }

        return frames;
    }

    private static FeedEvent Feed(FeedEventType type, int grams)
    {
        Assert.True(FeedCode.TryParse("MAIZE", out var code));
        Assert.True(FeedCode.TryParse("P1", out var pen));
        return new FeedEvent(type, FeedEventFlags.None, -30, code, type == FeedEventType.Load ? default : pen, grams);
    }

    private static Task<MemoryHistory> Tail(Frames frames, Func<int, bool>? isAway = null) =>
        Tail(frames, new MemoryHistory(isAway ?? (_ => false)), frames.Entries.Count);

    /// <summary>Runs a tailer until it has read and written what there is.</summary>
    private static async Task<MemoryHistory> Tail(Frames frames, MemoryHistory history, int entries)
    {
        using var tailer = Tailer(new WrittenJournal([.. frames.Entries.Take(entries)], 7), history);
        // Forgetting comes after the unfinished quarter was written, and only once in a run this short.
        var before = history.Forgotten.Count;
        await tailer.StartAsync(TestContext.Current.CancellationToken);
        await Until(() => tailer.Progress is { CaughtUp: true } progress && progress.Sequence == entries && history.Forgotten.Count > before);
        await tailer.StopAsync(TestContext.Current.CancellationToken);
        return history;
    }

    private static HistoryTailer Tailer(WrittenJournal journal, MemoryHistory history) =>
        new(journal, history, Quick, TimeProvider.System, NullLogger<HistoryTailer>.Instance);

    private static async Task Until(Func<bool> isTrue)
    {
        for (var i = 0; i < 2_000 && !isTrue(); i++)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.True(isTrue());
    }
}
