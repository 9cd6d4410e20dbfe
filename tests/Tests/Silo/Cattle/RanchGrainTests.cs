using Earmark.Contracts.Sites;
using Earmark.Tests.Silo.Sites;
using Xunit;
using static Earmark.Tests.Silo.Cattle.RanchWorld;

namespace Earmark.Tests.Silo.Cattle;

public sealed class RanchGrainTests
{
    private readonly InMemoryJournal _journal = new();

    [Fact]
    public async Task A_round_becomes_quantities_of_the_facility()
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var ranch = await OpenAsync(cluster, animals: 10);

        var receipts = await ranch.Record(Batch(Round("bs-1", 1, cluster.Clock.GetUtcNow(), Well, [.. Enumerable.Range(1, 10)])));
        await ranch.Flush();

        Assert.Equal(FrameOutcome.Recorded, Assert.Single(receipts).Outcome);
        var report = cluster.Neighbours.Reports.Last();
        var row = Assert.Single(report.Rows);
        Assert.Equal(("beef-cattle", "simmental", "pen-1", 10), (row.PriceClass, row.Grade, row.Zone, row.Count));
        Assert.InRange(row.QuantityGrams, 10 * 500_000, 10 * 502_000);
        Assert.InRange(row.AfterConfidenceGrams, 10 * 480_000, 10 * 500_000);
        Assert.Equal((1, report.AsOf.AddMinutes(2)), (report.Epoch, report.ValidUntil));
        await cluster.EqualsRecomputation(_journal, SiteKind.Ranch, Site, Facility);
    }

    [Fact]
    public async Task Presumed_death_takes_value_at_once_and_asks_each_tag()
    {
        await using var cluster = await SiteCluster.StartAsync(_journal);
        var ranch = await OpenAsync(cluster, animals: 10);
        await ranch.Record(Batch(Round("bs-1", 1, cluster.Clock.GetUtcNow(), Well, [.. Enumerable.Range(1, 10)])));

        await ranch.Record(Batch(Round("bs-1", 2, cluster.Clock.GetUtcNow().AddSeconds(1), Dead, 3, 4)));
        var report = await ranch.ReportFor(Facility);
        await ranch.Flush();

        var excluded = Assert.Single(report!.Excluded);
        Assert.Equal(("dead-presumed", 2), (excluded.Reason, excluded.Count));
        Assert.Equal([Animal(3), Animal(4)], excluded.AssetIds);
        Assert.Equal(8, Assert.Single(report.Rows).Count);
        Assert.Equal([Animal(3), Animal(4)], cluster.Neighbours.Asked.Select(asked => asked.AssetId).Order());
        Assert.Equal(0, (await ranch.Summary()).Counts["open-transitions"]);
        await cluster.EqualsRecomputation(_journal, SiteKind.Ranch, Site, Facility);
    }

    internal static async Task<IRanchGrain> OpenAsync(SiteCluster cluster, int animals)
    {
        var ranch = cluster.Grain<IRanchGrain>(Site);
        foreach (var command in Opening(animals))
        {
            await SiteCluster.Accepted(ranch.Submit(command));
        }

        return ranch;
    }
}
