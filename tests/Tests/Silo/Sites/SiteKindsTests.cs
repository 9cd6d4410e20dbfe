using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Storage;
using Earmark.Storage.Sqlite;
using Earmark.Tests.Silo.Warehouses;
using Earmark.Tests.Storage;
using Xunit;

namespace Earmark.Tests.Silo.Sites;

/// <summary>Each kind of site as a grain on the journal that is really used.</summary>
public sealed class SiteKindsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_warehouse_is_the_fold_of_its_journal() => await Runs(
        SiteKind.Warehouse,
        "wh-1",
        [.. GoodsWorld.Opening(), GoodsWorld.Lots(GoodsWorld.Lot("lot-1", 100)), GoodsWorld.Pledge("lot-1")],
        "scale-1",
        at => GoodsWorld.Weighing("scale-1", 1, at, ScalePurpose.Inbound, "LOT-1", 99_800),
        99_800_000);

    [Fact]
    public async Task A_fleet_is_the_fold_of_its_journal() => await Runs(
        SiteKind.Fleet,
        "fleet-1",
        [.. GoodsWorld.OpeningFleet(), new DeclareShipments("ship", "operator", [GoodsWorld.Shipment("load-1", 20)]), GoodsWorld.Pledge("load-1")],
        "gps-1",
        at => GoodsWorld.Position(1, at, 36.0, 114.1),
        20 * GoodsWorld.Tonne);

    [Fact]
    public async Task A_site_does_not_take_another_kinds_definition()
    {
        using var journal = new SqliteJournal(new StorageOptions { DataFolder = _folder.Path });
        await using var cluster = await SiteCluster.StartAsync(journal);
        var refused = await cluster.Grain<IFleetGrain>("fleet-1").Submit(GoodsWorld.Opening().First());
        Assert.Equal((false, "wrong-kind"), (refused.Accepted, refused.Reason));
        Assert.Equal("site-not-defined", (await cluster.Grain<IFleetGrain>("fleet-1").Submit(GoodsWorld.Pledge("load-1"))).Reason);
    }

    private async Task Runs(SiteKind kind, string siteId, SiteCommand[] opening, string device, Func<DateTimeOffset, byte[]> frame, long eligibleGrams)
    {
        using var journal = new SqliteJournal(new StorageOptions { DataFolder = _folder.Path });
        byte[] hash;
        await using (var cluster = await SiteCluster.StartAsync(journal))
        {
            var site = cluster.Site(kind, siteId);
            foreach (var command in opening)
            {
                await SiteCluster.Accepted(site.Submit(command));
            }

            var bytes = frame(HandClock.Start);
            var receipts = await site.Record(new FrameBatch([new Frame(device, HandClock.Start, FrameTrust.Verified, bytes)]));
            Assert.Equal(FrameOutcome.Recorded, receipts[0].Outcome);
            await site.Tick(HandClock.Start);
            await site.Flush();
            Assert.Equal(eligibleGrams, cluster.Neighbours.Reports.Last().Rows.Sum(row => row.AfterConfidenceGrams));
            Assert.Equal([receipts[0].Position], (await site.Activity(device))!.Positions);
            await cluster.EqualsRecomputation(journal, kind, siteId, GoodsWorld.Facility);
            hash = (await site.Summary()).StateHash;
        }

        await using var restarted = await SiteCluster.StartAsync(journal);
        Assert.Equal(hash, (await restarted.Site(kind, siteId).Summary()).StateHash);
    }
}
