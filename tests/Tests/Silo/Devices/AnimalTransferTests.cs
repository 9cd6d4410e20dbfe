using Earmark.Contracts.Devices;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;
using Earmark.Tests.Silo.Cattle;
using Xunit;

namespace Earmark.Tests.Silo.Devices;

/// <summary>An animal from ranch to ranch, through the registrar, real sites and the facility it secures.</summary>
public sealed class AnimalTransferTests
{
    private const string Second = "ranch-2";
    private const int Herd = 4;

    private static TransferOrder Order => new("t-1", "operator", Onboarded.Site, RanchWorld.Animal(3), 0, Second, "cow-3-of-2", "pen-2");

    [Fact]
    public async Task A_pledged_animal_is_counted_once_from_ranch_to_ranch_and_takes_its_tag_along()
    {
        await using var bank = await Bank.OpenAsync();
        var (onboarded, facility) = await OpenAsync(bank);
        var whole = await Counted(facility);
        Assert.Equal((Herd, "current"), (whole.Count, whole.State));

        Onboarded.Accepted(await onboarded.Registrar.Transfer(Order));
        Assert.Equal(whole with { State = "unknown" }, await Counted(facility) with { State = "unknown" });
        await Settle(bank);
        Assert.Equal(whole, await Counted(facility));
        Onboarded.Accepted(await onboarded.Registrar.Transfer(Order));
        await Settle(bank);
        Assert.Equal(whole, await Counted(facility));

        var moved = (await bank.Grains.GetGrain<IRanchGrain>(Second).Asset("cow-3-of-2"))!;
        Assert.Equal((RanchWorld.Tag(3), "pen-2", "facility-1"), (moved.Line.DeviceId, moved.Line.Zone, moved.Line.FacilityId));
        Assert.Equal("transferred", (await onboarded.Ranch.Asset(RanchWorld.Animal(3)))!.Line.State);
        var (lending, register) = (bank.Service<ILendingBook>(), bank.Service<IRegister>());
        Assert.Equal(Second, (await lending.ActivePledgeAsync("cow-3-of-2", Bank.Cancel))!.SiteId);
        Assert.Null(await lending.ActivePledgeAsync(RanchWorld.Animal(3), Bank.Cancel));
        Assert.Equal("cow-3-of-2", Assert.Single(await register.StandingBindingsAsync([RanchWorld.Tag(3)], Bank.Cancel)).AssetId);
        Assert.Equal("cow-3-of-2", (await bank.Grains.GetGrain<IEarTagGrain>(RanchWorld.Tag(3)).Describe())!.AssetId);
        Assert.Equal(Second, (await register.DeviceAsync(RanchWorld.Tag(3), Bank.Cancel))!.SiteId);
    }

    [Fact]
    public async Task It_arrives_as_fresh_and_as_healthy_as_it_left_and_hearing_it_at_the_old_ranch_moves_nothing()
    {
        await using var bank = await Bank.OpenAsync();
        var (onboarded, _) = await OpenAsync(bank);
        var before = (await onboarded.Ranch.Asset(RanchWorld.Animal(3)))!.Line;
        Onboarded.Accepted(await onboarded.Registrar.Transfer(Order));

        var after = (await bank.Grains.GetGrain<IRanchGrain>(Second).Asset("cow-3-of-2"))!.Line;
        Assert.Equal((before.LastHeardAt, before.State, before.QuantityGrams, before.EligibleGrams), (after.LastHeardAt, after.State, after.QuantityGrams, after.EligibleGrams));
        await onboarded.Hear([3]);
        Assert.Equal(after.LastHeardAt, (await bank.Grains.GetGrain<IRanchGrain>(Second).Asset("cow-3-of-2"))!.Line.LastHeardAt);
        Assert.Equal(1, (await onboarded.Ranch.Summary())!.Counts["strangers"]);
    }

    [Fact]
    public async Task What_is_quarantined_weighed_out_or_sent_to_a_warehouse_stays_where_it_is()
    {
        await using var bank = await Bank.OpenAsync();
        var (onboarded, _) = await OpenAsync(bank);
        Onboarded.Accepted(await onboarded.Registrar.OpenSite(Onboarded.Opening("open-w", "warehouse-1", SiteKind.Warehouse)));
        Assert.Equal("bad-transfer", (await onboarded.Registrar.Transfer(Order with { QuantityGrams = 500_000 })).Reason);
        Assert.Equal("wrong-site-kind", (await onboarded.Registrar.Transfer(Order with { ToSiteId = "warehouse-1" })).Reason);
        Assert.Equal("unknown-zone", (await onboarded.Registrar.Transfer(Order with { TransferId = "t-2", ToZone = "nowhere" })).Reason);
        Assert.Equal(RanchWorld.Tag(3), (await onboarded.Ranch.Asset(RanchWorld.Animal(3)))!.Line.DeviceId);
        Onboarded.Accepted(await onboarded.Registrar.Declare(Onboarded.Site, new SetCover("ill", "vet", [RanchWorld.Animal(4)], null, true)));
        Assert.Equal("in-quarantine", (await onboarded.Registrar.Transfer(Order with { TransferId = "t-3", AssetId = RanchWorld.Animal(4) })).Reason);
        Assert.Equal("healthy", (await onboarded.Ranch.Asset(RanchWorld.Animal(4)))!.Line.State);
    }

    private static async Task<(Onboarded, IFacilityGrain)> OpenAsync(Bank bank)
    {
        var onboarded = new Onboarded(bank);
        await onboarded.OpenAsync(Herd);
        Onboarded.Accepted(await onboarded.Registrar.OpenSite(Onboarded.Opening("open-2", Second)));
        var facility = await onboarded.Facility("facility-1");
        Onboarded.Accepted(await facility.Pledge(new PledgeOrder("pledge-1", "officer", Onboarded.Site, Onboarded.Cows(1, Herd), "zd-1")));
        await Settle(bank);
        return (onboarded, facility);
    }

    private static async Task<(int Count, long Grams, long Eligible, string State)> Counted(IFacilityGrain facility)
    {
        var view = (await facility.View())!;
        return (view.Factors.Sum(row => row.Count), view.Factors.Sum(row => row.QuantityGrams), view.Factors.Sum(row => row.AfterConfidenceGrams), view.State);
    }

    private static async Task Settle(Bank bank) => Assert.Empty((await bank.Grains.GetGrain<IKeeperGrain>(0).Settle(bank.Clock.GetUtcNow())).Failures);
}
