using Earmark.Contracts.Sites;
using Earmark.FirmwareProtocols.GpsNode;
using Earmark.FirmwareProtocols.WarehouseScale;
using Earmark.Silo.Sites;
using Earmark.Silo.Sites.Writing;
using Earmark.Storage.Journal;
using Earmark.Tests.House;
using Earmark.Tests.Silo.Cattle;
using Earmark.Tests.Silo.Warehouses;
using Xunit;

namespace Earmark.Tests.Silo.Sites;

/// <summary>
/// Snapshots of earlier versions, committed as they were written, are loaded; and the reference journals behind them still fold to the same
/// bytes. Where a change makes them differ on purpose, raise <see cref="SiteFold.ApplyVersion"/>, write new files beside the old ones
/// (<c>EARMARK_WRITE_SNAPSHOTS=1</c>) and say how the old ones are upgraded or left aside.
/// </summary>
public sealed class SnapshotTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Tests", "Silo", "Sites", "Snapshots");

    [Theory]
    [InlineData(SiteKind.Ranch)]
    [InlineData(SiteKind.Warehouse)]
    [InlineData(SiteKind.Fleet)]
    public void A_snapshot_of_this_version_is_loaded_and_its_journal_folds_to_it(SiteKind kind)
    {
        var run = Reference(kind);
        var path = Path.Combine(Folder, $"{kind.ToString().ToLowerInvariant()}-v{SiteFold.ApplyVersion}.bin");
        if (Environment.GetEnvironmentVariable("EARMARK_WRITE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllBytes(path, run.Fold.Snapshot());
        }

        var committed = File.ReadAllBytes(path);
        var loaded = SiteReplay.NewFold(kind, "site-1");
        loaded.Restore(committed);

        Assert.Equal(committed, loaded.Snapshot());
        Assert.Equal(committed, run.Fold.Snapshot());
        Assert.Equivalent(run.Report(Facility(kind)), loaded.Report(Facility(kind), 1, 1), strict: true);
    }

    /// <summary>Version 1 kept the last weighing only, which stands for all of them; versions 1 to 3 kept no rounds of stations. Neither changes what the herd of the reference counts.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void State_of_an_older_version_is_read(int version)
    {
        var old = SiteReplay.NewFold(SiteKind.Ranch, "site-1");
        old.Restore(File.ReadAllBytes(Path.Combine(Folder, $"ranch-v{version}.bin")));
        var now = Reference(SiteKind.Ranch).Report(RanchWorld.Facility);
        Assert.Equivalent(now, old.Report(RanchWorld.Facility, 1, 1), strict: true);
    }

    [Theory]
    [InlineData(SiteKind.Warehouse)]
    [InlineData(SiteKind.Fleet)]
    public void Goods_and_trucks_are_kept_as_in_version_1(SiteKind kind) =>
        Assert.Equal(File.ReadAllBytes(Path.Combine(Folder, $"{kind.ToString().ToLowerInvariant()}-v1.bin")), Reference(kind).Fold.Snapshot());

    [Fact]
    public async Task A_snapshot_of_a_newer_version_is_never_loaded_and_the_site_stays_shut()
    {
        var (journal, head) = await JournalAsync();
        var newer = new SiteSnapshot(RanchWorld.Site, head.Epoch, head.Position, head.Hash, SiteFold.ApplyVersion + 1, []);
        await journal.SaveSnapshotAsync(newer, CancellationToken.None);
        await using var cluster = await SiteCluster.StartAsync(journal);
        Assert.Equal("journal-broken", (await cluster.Grain<IRanchGrain>(RanchWorld.Site).Submit(RanchWorld.Animals(1))).Reason);
    }

    [Fact]
    public async Task A_snapshot_whose_columns_do_not_fit_is_left_aside_for_the_journal()
    {
        var (journal, head) = await JournalAsync();
        var odd = new SiteSnapshot(RanchWorld.Site, head.Epoch, head.Position, head.Hash, SiteFold.ApplyVersion, [1, 2, 3, 4, 5]);
        await journal.SaveSnapshotAsync(odd, CancellationToken.None);
        await using var cluster = await SiteCluster.StartAsync(journal);
        Assert.Equal(2, (await cluster.Grain<IRanchGrain>(RanchWorld.Site).Summary()).Counts["animals"]);
    }

    private static async Task<(InMemoryJournal Journal, SiteHead Head)> JournalAsync()
    {
        var journal = new InMemoryJournal();
        await using (var cluster = await SiteCluster.StartAsync(journal))
        {
            await RanchGrainTests.OpenAsync(cluster, animals: 2);
        }

        journal.ForgetSnapshots();
        return (journal, (await journal.HeadAsync(RanchWorld.Site, CancellationToken.None))!);
    }

    private static string Facility(SiteKind kind) => kind == SiteKind.Ranch ? RanchWorld.Facility : GoodsWorld.Facility;

    private static FoldRun Reference(SiteKind kind) => kind switch
    {
        SiteKind.Ranch => Ranch(),
        SiteKind.Warehouse => Warehouse(),
        _ => Fleet(),
    };

    private static FoldRun Ranch()
    {
        var run = new FoldRun(SiteKind.Ranch, "site-1").Submit(RanchWorld.Opening(6)).Submit(new SetPolicy("policy", "officer", MissingSeconds: 7_200));
        for (uint minute = 1; minute <= 200; minute++)
        {
            run.Wait(TimeSpan.FromMinutes(1));
            run.Hear("bs-1", RanchWorld.Round("bs-1", minute, run.Now, RanchWorld.Well, minute < 20 ? [1, 2, 3, 4, 5, 99] : [1, 2, 3])).Tick();
        }

        run.Hear("bs-2", RanchWorld.Round("bs-2", 7, run.Now.AddHours(-1), RanchWorld.Well, 2));
        run.Hear("bs-1", RanchWorld.Round("bs-1", 201, run.Now, RanchWorld.Dead, 3));
        run.Submit(new AnswerTransition("a", RanchWorld.Tag(4), RanchWorld.Animal(4), "missing", true, null, 1));
        run.Submit(new AnswerTransition("b", RanchWorld.Tag(5), RanchWorld.Animal(5), "missing", false, "tampered", 1));
        run.Submit(new RemoveAssets("sold", "operator", [RanchWorld.Animal(6)], "sold"));
        return run.Wait(TimeSpan.FromHours(1)).Tick();
    }

    private static FoldRun Warehouse()
    {
        var run = new FoldRun(SiteKind.Warehouse, "site-1").Submit(GoodsWorld.Opening(calibratedUntil: HandClock.Start.AddDays(300)))
            .Submit(GoodsWorld.Lots(GoodsWorld.Lot("lot-1", 100), GoodsWorld.Lot("lot-2", 50))).Submit(GoodsWorld.Pledge("lot-1", "lot-2"));
        run.Hear("scale-1", GoodsWorld.Weighing("scale-1", 1, run.Wait(TimeSpan.FromMinutes(1)).Now, ScalePurpose.Inbound, "LOT-1", 99_000));
        run.Hear("scale-1", GoodsWorld.Weighing("scale-1", 2, run.Wait(TimeSpan.FromMinutes(1)).Now, ScalePurpose.Outbound, "NOBODY", 9_000));
        run.Submit(new GiveTransfer("give", "operator", "t-1", "lot-1", 20 * GoodsWorld.Tonne, "fleet-1"));
        run.Submit(new TakeTransfer("take", "operator", "t-2", "fleet-2", "lot-3", GoodsWorld.Maize, "grade-2", "zone-a", GoodsWorld.Tonne, GoodsWorld.Facility, "zdw-9", 12));
        return run.Wait(TimeSpan.FromHours(30)).Tick();
    }

    private static FoldRun Fleet()
    {
        var run = new FoldRun(SiteKind.Fleet, "site-1").Submit(GoodsWorld.OpeningFleet())
            .Submit([new DeclareShipments("ship", "operator", [GoodsWorld.Shipment("load-1", 20)]), GoodsWorld.Pledge("load-1")]);
        run.Hear("gps-1", GoodsWorld.Position(1, run.Wait(TimeSpan.FromMinutes(5)).Now, 36.0, 114.1));
        run.Hear("gps-1", GoodsWorld.Position(2, run.Wait(TimeSpan.FromMinutes(5)).Now, 36.2, 114.2, GpsInputs.DoorOpen));
        return run.Wait(TimeSpan.FromMinutes(5)).Tick();
    }
}
