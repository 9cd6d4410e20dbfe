using Earmark.Contracts.Sites;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Writing;
using Earmark.Storage.Journal;
using Earmark.Tests.Silo.Cattle;
using Xunit;
using static Earmark.Tests.Silo.Cattle.RanchWorld;

namespace Earmark.Tests.Silo.Sites;

/// <summary>A site whose older entries went into an archive is computed again from its newest opening state.</summary>
public sealed class OpeningTests
{
    private readonly InMemoryJournal _journal = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_site_goes_on_after_its_opening_and_without_what_was_before_it()
    {
        var opened = await OpenedAsync(after: 2);
        var whole = await SiteReplay.FoldAsync(_journal, SiteKind.Ranch, Site, Cancel);
        _journal.Detach(Site, opened - 1);
        _journal.ForgetSnapshots();

        var again = await SiteReplay.FoldAsync(_journal, SiteKind.Ranch, Site, Cancel);
        Assert.Equal(whole!.StateHash(), again!.StateHash());
        var verdict = await JournalVerifier.VerifyAsync(_journal, Site, Cancel);
        Assert.True(verdict.IsWhole, verdict.Because);
        Assert.Equal(3, verdict.Entries);
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var receipts = await cluster.Grain<IRanchGrain>(Site).Record(Batch(Round("bs-1", 99, cluster.Clock.GetUtcNow(), Well, 6)));
        Assert.Equal(FrameOutcome.Recorded, Assert.Single(receipts).Outcome);
        await cluster.EqualsRecomputation(_journal, SiteKind.Ranch, Site, Facility);
    }

    [Fact]
    public async Task A_snapshot_kept_with_the_opening_opens_the_site_even_where_all_before_it_is_gone()
    {
        var opened = await OpenedAsync(after: 0);
        _journal.Detach(Site, opened - 1);
        await using var cluster = await SiteCluster.StartAsync(_journal);
        Assert.Equal(10, (await cluster.Grain<IRanchGrain>(Site).Summary()).Counts["animals"]);
    }

    [Fact]
    public async Task A_state_that_its_entry_does_not_vouch_for_is_not_believed()
    {
        var opened = await OpenedAsync(after: 1);
        _journal.Detach(Site, opened - 1);
        _journal.ChangeOpening(Site, state => state with { State = [.. state.State[..^1], (byte)~state.State[^1]] });
        await RefusedAsync("does not vouch");
    }

    [Fact]
    public async Task An_opening_of_another_version_asks_for_the_archive()
    {
        var opened = await OpenedAsync(after: 1);
        _journal.Detach(Site, opened - 1);
        _journal.ChangeOpening(Site, state => state with { ApplyVersion = SiteFold.ApplyVersion - 1 });
        await RefusedAsync("bring the archived entries back");
    }

    [Fact]
    public async Task A_position_before_the_opening_can_not_be_computed_and_says_so()
    {
        var opened = await OpenedAsync(after: 1);
        _journal.Detach(Site, opened - 3);
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => SiteRebuild.FromNothingAsync(_journal, SiteKind.Ranch, Site, opened - 2, Cancel));
        Assert.Contains("are in an archive", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Position of the opening's entry, after which so many entries follow.</summary>
    private async Task<long> OpenedAsync(int after)
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var ranch = await RanchGrainTests.OpenAsync(cluster, animals: 10);
        await ranch.Record(Batch(Round("bs-1", 1, cluster.Clock.GetUtcNow(), Well, 1, 2, 3)));
        Assert.True(await ranch.JournalOpening());
        var opened = (await _journal.HeadAsync(Site, Cancel))!.Position;
        Assert.Equal(EntryKind.OpeningState, _journal.Entries(Site)[^1].Kind);
        for (uint round = 0; round < after; round++)
        {
            await ranch.Record(Batch(Round("bs-1", 2 + round, cluster.Clock.GetUtcNow(), Well, 4, 5)));
        }

        return opened;
    }

    private async Task RefusedAsync(string because)
    {
        _journal.ForgetSnapshots();
        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => SiteReplay.FoldAsync(_journal, SiteKind.Ranch, Site, Cancel));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }
}
