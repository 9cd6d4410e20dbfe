using Earmark.Contracts.Sites;
using Earmark.Storage.Journal;
using Earmark.Tests.Silo.Cattle;
using Xunit;
using static Earmark.Tests.Silo.Cattle.RanchWorld;

namespace Earmark.Tests.Silo.Sites;

/// <summary>Who may write a site, and what is answered when nobody knows.</summary>
public sealed class SiteFenceTests
{
    private readonly InMemoryJournal _journal = new();

    [Fact]
    public async Task Of_two_activations_of_one_site_one_writes_and_the_other_ends()
    {
        await using var one = await SiteCluster.StartAsync(_journal);
        var first = await RanchGrainTests.OpenAsync(one, animals: 3);
        await using var two = await SiteCluster.StartAsync(_journal, one.Clock);
        var second = two.Grain<IRanchGrain>(Site);

        var written = await second.Record(Batch(Round("bs-1", 1, HandClock.Start, Well, 1)));
        var lost = await first.Record(Batch(Round("bs-1", 2, HandClock.Start, Well, 2)));

        Assert.Equal(FrameOutcome.Recorded, Assert.Single(written).Outcome);
        Assert.Equal((FrameOutcome.NotRecorded, "fenced"), (Assert.Single(lost).Outcome, lost[0].Reason));
        Assert.Equal(5, _journal.Entries(Site).Count);

        // The fenced one has ended: a call to it makes a new activation, which fences the other in turn.
        var again = await UntilAsync(() => first.Record(Batch(Round("bs-1", 2, HandClock.Start, Well, 2))), FrameOutcome.Recorded);
        Assert.Equal(6, again.Position);
        Assert.Equal(3, (await first.Summary()).Epoch);
        await one.EqualsRecomputation(_journal, SiteKind.Ranch, Site, Facility);
    }

    [Fact]
    public async Task A_restart_ends_in_the_same_state_with_and_without_a_snapshot()
    {
        SiteSummary before;
        var clock = new HandClock();
        await using (var cluster = await SiteCluster.StartAsync(_journal, clock))
        {
            var ranch = await RanchGrainTests.OpenAsync(cluster, animals: 20);
            for (uint sequence = 1; sequence <= 5; sequence++)
            {
                await ranch.Record(Batch(Round("bs-1", sequence, clock.Advance(TimeSpan.FromMinutes(1)), sequence == 4 ? Dead : Well, 1, 2, (int)sequence + 2)));
                await ranch.Tick(clock.GetUtcNow());
            }

            await ranch.Flush();
            before = await ranch.Summary();
        }

        Assert.NotNull(await _journal.LoadSnapshotAsync(Site, CancellationToken.None));
        await using var restarted = await SiteCluster.StartAsync(_journal, clock);
        var after = await restarted.Grain<IRanchGrain>(Site).Summary();
        Assert.Equal((before.Position, before.Epoch + 1), (after.Position, after.Epoch));
        Assert.Equal(before.StateHash, after.StateHash);
        Assert.Equal(before.ChainHead, after.ChainHead);
        await restarted.EqualsRecomputation(_journal, SiteKind.Ranch, Site, Facility);
    }

    [Fact]
    public async Task While_the_journal_is_away_nothing_is_acknowledged_and_nothing_is_lost()
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var ranch = await RanchGrainTests.OpenAsync(cluster, animals: 3);
        var batch = Batch(Round("bs-1", 1, HandClock.Start, Well, 1));

        _journal.FailNext = new JournalUnavailableException("disk full");
        var away = await ranch.Record(batch);
        var back = await ranch.Record(batch);

        Assert.Equal((FrameOutcome.NotRecorded, "journal-unavailable"), (away[0].Outcome, away[0].Reason));
        Assert.Equal(FrameOutcome.Recorded, back[0].Outcome);
        Assert.Equal(1, (await ranch.Summary()).Epoch);
    }

    [Fact]
    public async Task A_site_whose_journal_is_away_at_its_start_says_so_and_opens_later()
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        _journal.IsAway = true;
        var ranch = cluster.Grain<IRanchGrain>(Site);
        var away = await ranch.Submit(Define);
        Assert.Equal((false, "journal-unavailable"), (away.Accepted, away.Reason));
        _journal.IsAway = false;
        await UntilAsync(async () => (await ranch.Submit(Define)).Accepted ? [new(FrameOutcome.Recorded, null, 1)] : [default], FrameOutcome.Recorded);
    }

    [Fact]
    public async Task An_append_of_unknown_outcome_ends_the_activation_and_the_next_one_finds_what_there_is()
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var ranch = await RanchGrainTests.OpenAsync(cluster, animals: 3);
        var batch = Batch(Round("bs-1", 1, HandClock.Start, Well, 1));

        _journal.LoseNextAnswer = true;
        var unknown = await ranch.Record(batch);
        _journal.LoseNextAnswer = false;
        await UntilAsync(() => ranch.Record(batch), FrameOutcome.Duplicate);

        Assert.Equal((FrameOutcome.NotRecorded, "unknown-outcome"), (unknown[0].Outcome, unknown[0].Reason));
        Assert.Equal(5, _journal.Entries(Site).Count);
        await cluster.EqualsRecomputation(_journal, SiteKind.Ranch, Site, Facility);
    }

    [Fact]
    public async Task While_the_site_catches_up_nothing_is_acknowledged()
    {
        await using (var cluster = await SiteCluster.StartAsync(_journal))
        {
            await RanchGrainTests.OpenAsync(cluster, animals: 3);
        }

        var gate = new TaskCompletionSource();
        _journal.Reads = gate.Task;
        _journal.ForgetSnapshots();
        await using var restarted = await SiteCluster.StartAsync(_journal);
        var ranch = restarted.Grain<IRanchGrain>(Site);
        var batch = Batch(Round("bs-1", 1, HandClock.Start, Well, 1));
        var waiting = await ranch.Record(batch);
        gate.SetResult();
        Assert.Equal((FrameOutcome.NotRecorded, "catching-up"), (waiting[0].Outcome, waiting[0].Reason));
        await UntilAsync(() => ranch.Record(batch), FrameOutcome.Recorded);
    }

    [Fact]
    public async Task A_changed_byte_in_the_journal_keeps_the_site_shut()
    {
        await using (var cluster = await SiteCluster.StartAsync(_journal))
        {
            await RanchGrainTests.OpenAsync(cluster, animals: 3);
        }

        _journal.ForgetSnapshots();
        _journal.Entries(Site)[2].Body[20] ^= 1;
        await using var restarted = await SiteCluster.StartAsync(_journal);
        var answer = await restarted.Grain<IRanchGrain>(Site).Record(Batch(Round("bs-1", 1, HandClock.Start, Well, 1)));
        Assert.Equal((FrameOutcome.NotRecorded, "journal-broken"), (answer[0].Outcome, answer[0].Reason));
    }

    /// <summary>An activation that ends takes a moment; the caller tries again, as a gateway does.</summary>
    internal static async Task<FrameReceipt> UntilAsync(Func<ValueTask<FrameReceipt[]>> record, FrameOutcome expected)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                if (await record() is [var receipt] && receipt.Outcome == expected)
                {
                    return receipt;
                }
            }
            catch (InvalidOperationException) when (attempt < 99)
            {
                // The activation was just ending.
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"no {expected} within two seconds");
    }
}
