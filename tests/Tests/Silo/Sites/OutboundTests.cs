using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Tests.Silo.Cattle;
using Xunit;
using static Earmark.Tests.Silo.Cattle.RanchWorld;

namespace Earmark.Tests.Silo.Sites;

public sealed class OutboundTests
{
    private readonly InMemoryJournal _journal = new();

    [Fact]
    public async Task Flush_returns_when_what_was_owed_has_been_told()
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var ranch = await RanchGrainTests.OpenAsync(cluster, animals: 3);
        var receipt = (await ranch.Record(Batch(Round("bs-1", 1, HandClock.Start, Well, 1))))[0];
        await ranch.Flush();
        Assert.True(cluster.Neighbours.Reports.Max(report => report.Position) >= receipt.Position);

        var told = cluster.Neighbours.Reports.Count;
        await ranch.Flush();
        Assert.Equal(told, cluster.Neighbours.Reports.Count);
    }

    [Fact]
    public async Task Changes_in_a_moment_go_up_in_few_reports_with_one_in_flight()
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var (inFlight, most) = (0, 0);
        cluster.Neighbours.OnReport = async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inFlight));
            await Task.Delay(30, TestContext.Current.CancellationToken);
            Interlocked.Decrement(ref inFlight);
        };
        var ranch = await RanchGrainTests.OpenAsync(cluster, animals: 3);
        for (uint sequence = 1; sequence <= 100; sequence++)
        {
            await ranch.Record(Batch(Round("bs-1", sequence, cluster.Clock.Advance(TimeSpan.FromSeconds(1)), Well, 1)));
        }

        await ranch.Flush();
        Assert.Equal(1, most);
        Assert.InRange(cluster.Neighbours.Reports.Count, 1, 30);
        var newest = cluster.Neighbours.Reports.Last();
        Assert.Equal(104, newest.Position);
        Assert.Equal(cluster.Neighbours.Reports.Select(report => report.Revision).Order(), cluster.Neighbours.Reports.Select(report => report.Revision));
    }

    [Fact]
    public async Task A_report_that_did_not_arrive_is_sent_again()
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var lost = 0;
        cluster.Neighbours.OnReport = _ => ++lost <= 2 ? throw new TimeoutException("no answer") : Task.CompletedTask;
        var ranch = await RanchGrainTests.OpenAsync(cluster, animals: 3);
        await ranch.Flush();
        Assert.True(lost >= 3);
        Assert.NotEmpty(cluster.Neighbours.Reports);
    }

    [Fact]
    public async Task A_transition_is_asked_again_at_each_tick_until_it_is_answered()
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var ranch = await RanchGrainTests.OpenAsync(cluster, animals: 3);
        cluster.Neighbours.Answer = _ => throw new TimeoutException("the twin is away");
        await ranch.Record(Batch(Round("bs-1", 1, HandClock.Start, Dead, 1)));
        await ranch.Flush();
        await ranch.Flush();
        Assert.Single(cluster.Neighbours.Asked);
        await ranch.Tick(HandClock.Start);
        await ranch.Flush();
        Assert.Equal(2, cluster.Neighbours.Asked.Count);

        cluster.Neighbours.Answer = _ => new TransitionAnswer(true, null, 5);
        await ranch.Tick(HandClock.Start);
        await ranch.Flush();
        Assert.Equal(0, (await ranch.Summary()).Counts["open-transitions"]);
        await ranch.Tick(HandClock.Start);
        await ranch.Flush();
        Assert.Equal(3, cluster.Neighbours.Asked.Count);
        Assert.Single(cluster.Neighbours.Asked.Select(asked => asked.TransitionId).Distinct());
    }

    [Fact]
    public async Task A_new_activation_reports_at_once_under_its_own_epoch()
    {
        await using (var cluster = await SiteCluster.StartAsync(_journal))
        {
            await RanchGrainTests.OpenAsync(cluster, animals: 3);
        }

        await using var restarted = await SiteCluster.StartAsync(_journal);
        await restarted.Grain<IRanchGrain>(Site).Flush();
        Assert.Equal(2, Assert.Single(restarted.Neighbours.Reports).Epoch);
        Assert.Equal(2, Assert.Single(restarted.Neighbours.Standings).Epoch);
    }

    [Fact]
    public async Task A_command_sent_again_is_answered_with_its_first_result_also_after_a_restart()
    {
        CommandReceipt first;
        await using (var cluster = await SiteCluster.StartAsync(_journal))
        {
            first = await (await RanchGrainTests.OpenAsync(cluster, animals: 3)).Submit(new MoveAssets("move", "operator", [Animal(1)], "pen-2"));
        }

        await using var restarted = await SiteCluster.StartAsync(_journal);
        var ranch = restarted.Grain<IRanchGrain>(Site);
        Assert.Equal(first, await ranch.Submit(new MoveAssets("move", "operator", [Animal(1)], "pen-2")));
        Assert.Equal("command-id-reused", (await ranch.Submit(new MoveAssets("move", "operator", [Animal(2)], "pen-2"))).Reason);
        var refused = await ranch.Submit(new MoveAssets("other", "operator", ["nobody"], "pen-2"));
        Assert.Equal((false, "unknown-asset"), (refused.Accepted, refused.Reason));
        Assert.Equal(5, _journal.Entries(Site).Count);
    }
}
