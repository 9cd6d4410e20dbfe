using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Silo.Sites.Frames;
using Earmark.Tests.FirmwareProtocols;
using Earmark.Tests.Silo.Cattle;
using Xunit;
using static Earmark.Tests.Silo.Cattle.RanchWorld;

namespace Earmark.Tests.Silo.Sites;

/// <summary>Which frames a site takes, through its grain.</summary>
public sealed class FrameAdmissionTests : IAsyncLifetime
{
    private readonly InMemoryJournal _journal = new();
    private SiteCluster _cluster = null!;
    private IRanchGrain _ranch = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await SiteCluster.StartAsync(_journal);
        _ranch = await RanchGrainTests.OpenAsync(_cluster, animals: 3);
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_repeated_frame_is_counted_and_not_journaled()
    {
        var frame = Round("bs-1", 1, HandClock.Start, Well, 1);
        await _ranch.Record(Batch(frame));
        var hash = (await _ranch.Summary()).StateHash;

        var repeated = await _ranch.Record(Batch(frame, frame));

        Assert.All(repeated, receipt => Assert.Equal(FrameOutcome.Duplicate, receipt.Outcome));
        Assert.Equal(5, _journal.Entries(Site).Count);
        var summary = await _ranch.Summary();
        Assert.Equal(hash, summary.StateHash);
        Assert.Equal((1, 2), (summary.Stations[0].Frames, summary.Stations[0].Duplicates));
        Assert.Equal(2, (await _ranch.Activity("bs-1"))!.Duplicates);
    }

    [Fact]
    public async Task A_frame_repeated_within_one_batch_is_journaled_once_and_one_with_other_bytes_refused()
    {
        var frame = Round("bs-1", 1, HandClock.Start, Well, 1);
        var other = Round("bs-1", 1, HandClock.Start, Well, 2);

        var receipts = await _ranch.Record(Batch(frame, frame, other));

        Assert.Equal([FrameOutcome.Recorded, FrameOutcome.Duplicate, FrameOutcome.Refused], receipts.Select(receipt => receipt.Outcome));
        Assert.Equal("identity-reused", receipts[2].Reason);
        Assert.Equal("identity-reused", (await _ranch.Record(Batch(other)))[0].Reason);
        Assert.Equal(5, _journal.Entries(Site).Count);
    }

    [Fact]
    public async Task An_older_boot_inside_the_window_is_taken_and_makes_nothing_fresher_than_it_was()
    {
        var now = _cluster.Clock.Advance(TimeSpan.FromHours(2));
        await _ranch.Record(Batch(Round("bs-1", 9, 1, now, [(1, Well)])));

        var old = await _ranch.Record(Batch(Round("bs-1", 8, 40, now.AddHours(-1), [(1, Well), (2, Well)])));
        var tooOld = await _ranch.Record(Batch(Round("bs-1", 1, 1, now.AddHours(-1), [(3, Well)])));

        Assert.Equal(FrameOutcome.Recorded, old[0].Outcome);
        Assert.Equal((FrameOutcome.Refused, "boot-outside-window"), (tooOld[0].Outcome, tooOld[0].Reason));
        Assert.Equal(now, (await _ranch.Asset(Animal(1)))!.Line.LastHeardAt);
        Assert.Equal(now.AddHours(-1), (await _ranch.Asset(Animal(2)))!.Line.LastHeardAt);
        Assert.Null((await _ranch.Asset(Animal(3)))!.Line.LastHeardAt);
    }

    [Theory]
    [InlineData(EventTime.FutureToleranceSeconds + 1, FrameFlags.None, "time-in-future")]
    [InlineData(0, FrameFlags.ClockUnsynchronised, "clock-unsynchronised")]
    public async Task A_time_that_is_not_believed_is_journaled_marked_and_changes_no_animal(int ahead, FrameFlags flags, string mark)
    {
        var frame = Round("bs-1", 1, 1, HandClock.Start.AddSeconds(ahead), [(1, Well)], flags);
        var receipt = (await _ranch.Record(Batch(frame)))[0];

        Assert.Equal((FrameOutcome.Recorded, mark), (receipt.Outcome, receipt.Reason));
        Assert.Equal(5, _journal.Entries(Site).Count);
        Assert.Null((await _ranch.Asset(Animal(1)))!.Line.LastHeardAt);
        var station = (await _ranch.Summary()).Stations[0];
        Assert.Equal((1, 1, (DateTimeOffset?)null), (station.Frames, station.Marked, station.LastHeardAt));
        await _ranch.Flush();
        Assert.Contains(_cluster.Neighbours.Standings.Last().Causes, cause => cause is { Subject: "bs-1", Cause: "clock-wrong" });
    }

    [Fact]
    public async Task A_clock_a_little_ahead_takes_effect_no_later_than_its_entry()
    {
        await _ranch.Record(Batch(Round("bs-1", 1, HandClock.Start.AddSeconds(EventTime.FutureToleranceSeconds), Well, 1)));
        Assert.Equal(HandClock.Start, (await _ranch.Asset(Animal(1)))!.Line.LastHeardAt);
    }

    [Fact]
    public async Task An_unsigned_frame_makes_nothing_fresh_unless_the_policy_says_so()
    {
        var frame = Frame("bs-1", Round("bs-1", 1, HandClock.Start, Well, 1), HandClock.Start, FrameTrust.Hint);
        await _ranch.Record(new FrameBatch([frame]));
        Assert.Null((await _ranch.Asset(Animal(1)))!.Line.LastHeardAt);

        await SiteCluster.Accepted(_ranch.Submit(new SetPolicy("policy", "officer", UnsignedMayRaiseValue: true)));
        frame = Frame("bs-1", Round("bs-1", 2, HandClock.Start, Well, 1), HandClock.Start, FrameTrust.Hint);
        await _ranch.Record(new FrameBatch([frame]));
        Assert.NotNull((await _ranch.Asset(Animal(1)))!.Line.LastHeardAt);
    }

    [Fact]
    public async Task What_does_not_belong_here_is_refused_with_its_reason_and_disturbs_nothing_else()
    {
        var good = Round("bs-1", 1, HandClock.Start, Well, 1);
        var crc = (byte[])good.Clone();
        crc[^20] ^= 1;
        var gps = Keys.Frame(Keys.Header(Earmark.FirmwareProtocols.DeviceKind.GpsNode, "gps-1"), new byte[20]);
        var badTag = Keys.Resealed([.. Round("bs-1", 2, HandClock.Start, Well, 1).Select((one, at) => at is >= 48 and < 56 ? (byte)0 : one)]);
        var batch = new FrameBatch(
        [
            Frame("bs-1", crc, HandClock.Start),
            Frame("bs-2", good, HandClock.Start),
            Frame("gps-1", gps, HandClock.Start),
            Frame("bs-1", badTag, HandClock.Start),
            Frame("bs-1", good, HandClock.Start),
        ]);

        var receipts = await _ranch.Record(batch);

        Assert.Equal(["bad-crc", "wrong-device", "wrong-kind", "bad-payload-tag", null], receipts.Select(receipt => receipt.Reason));
        Assert.Equal(FrameOutcome.Recorded, receipts[^1].Outcome);
        Assert.Equal(5, _journal.Entries(Site).Count);
    }

    [Fact]
    public async Task A_batch_past_its_limit_is_refused_whole()
    {
        var frame = Frame("bs-1", Round("bs-1", 1, HandClock.Start, Well, 1), HandClock.Start);
        var receipts = await _ranch.Record(new FrameBatch([.. Enumerable.Repeat(frame, SiteLimits.FramesPerBatch + 1)]));
        Assert.All(receipts, receipt => Assert.Equal((FrameOutcome.Refused, "batch-too-large"), (receipt.Outcome, receipt.Reason)));
        Assert.Equal(4, _journal.Entries(Site).Count);
    }
}
