using Earmark.Contracts.Devices;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Storage.Book;
using Earmark.Tests.Silo.Cattle;
using Xunit;

namespace Earmark.Tests.Silo.Devices;

public sealed class RegistrarTests
{
    [Fact]
    public async Task A_device_comes_with_secrets_that_are_shown_once_and_open_the_door()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        Onboarded.Accepted(await ranch.Registrar.OpenSite(Onboarded.Opening()));
        var added = await ranch.Registrar.AddDevice(Onboarded.Station1());
        Assert.True(added.Accepted, added.Detail);
        Assert.Equal((Onboarded.Station, 32, 64), (added.UserName, added.Password.Length, added.FrameKeyHex.Length));

        var known = (await bank.Grains.GetGrain<IDeviceDirectoryGrain>(0).Find(Onboarded.Station))!;
        Assert.True(DevicePassword.Verify(added.Password, known.PasswordHash));
        Assert.Equal(added.FrameKeyHex, Convert.ToHexStringLower(Assert.Single(known.Keys).Key));
        Assert.Equal((SiteKind.Ranch, true, true), (known.SiteKind, known.InService, known.Simulated));

        var again = await ranch.Registrar.AddDevice(Onboarded.Station1());
        Assert.Equal((true, "", ""), (again.Accepted, again.Password, again.FrameKeyHex));
        Assert.Equal("repeated-id", (await ranch.Registrar.AddDevice(Onboarded.Station1() with { Zone = "pen-2" })).Reason);
        Assert.Equal("device-exists", (await ranch.Registrar.AddDevice(Onboarded.Station1("device-2"))).Reason);
        var raw = await File.ReadAllBytesAsync(Path.Combine(bank.Folder, "book.db"), Bank.Cancel);
        Assert.True(raw.AsSpan().IndexOf(Convert.FromHexString(added.FrameKeyHex)) < 0);
        Assert.True(raw.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(added.Password)) < 0);
    }

    [Theory]
    [InlineData("feeder-x", "mixer", "pen-1", "unknown-kind")]
    [InlineData("Station", "base-station", "pen-1", "bad-device-id")]
    [InlineData("not-15-digits", "ear-tag", "", "bad-device-id")]
    [InlineData("scale-9", "warehouse-scale", "pen-1", "wrong-site-kind")]
    [InlineData("bs-9", "base-station", "pen-9", "unknown-zone")]
    public async Task A_device_that_does_not_fit_is_refused(string id, string kind, string zone, string reason)
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        Onboarded.Accepted(await ranch.Registrar.OpenSite(Onboarded.Opening()));
        Assert.Equal(reason, (await ranch.Registrar.AddDevice(new DeviceOrder("d", "officer", id, kind, Onboarded.Site, zone, true))).Reason);
    }

    [Fact]
    public async Task A_real_device_is_refused_where_time_is_not_real()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        Onboarded.Accepted(await ranch.Registrar.OpenSite(Onboarded.Opening()));
        var real = Onboarded.Station1() with { Simulated = false };
        Assert.Equal("clock-not-real", (await ranch.Registrar.AddDevice(real)).Reason);
        bank.Clock.Advance(TimeProvider.System.GetUtcNow().AddHours(2) - bank.Clock.GetUtcNow());
        bank.Clock.Running = ClockMode.Real;
        Assert.Equal("clock-not-real", (await ranch.Registrar.AddDevice(real)).Reason);
    }

    [Fact]
    public async Task Another_institution_neither_sees_nor_takes_what_is_here()
    {
        await using var bank = await Bank.OpenAsync();
        await bank.Service<IRegister>().AddInstitutionAsync(new InstitutionRow("other-bank", "Other", "Asia/Shanghai"), Bank.Cancel);
        var ranch = new Onboarded(bank);
        await ranch.OpenAsync(3);
        var other = bank.Grains.GetGrain<IRegistrarGrain>("other-bank");
        Assert.Equal("unknown-site", (await other.Declare(Onboarded.Site, ranch.Animals(1, 1, "x-1"))).Reason);
        Assert.Equal("unknown-site", (await other.AddDevice(Onboarded.Station1("x-2", "bs-9"))).Reason);
        Assert.Equal("site-exists", (await other.OpenSite(Onboarded.Opening("x-3"))).Reason);
        Onboarded.Accepted(await other.OpenSite(Onboarded.Opening("x-4", "ranch-9")));
        Assert.Equal("device-of-another-site", (await other.Declare("ranch-9", ranch.Animals(1, 1, "x-5"))).Reason);
        var animal = ranch.Animals(1, 1, "x-6");
        Assert.Equal("asset-of-another-site", (await other.Declare("ranch-9", animal with { Animals = [animal.Animals[0] with { Tag = null }] })).Reason);
    }

    [Fact]
    public async Task Declared_animals_are_in_the_register_with_their_tags_and_at_the_ranch()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        await ranch.OpenAsync(3);
        Assert.Equal(3, (await ranch.Ranch.Summary()).Counts["animals"]);
        var register = bank.Service<IRegister>();
        Assert.Equal(3, (await register.AssetsAsync(Bank.Institution, Onboarded.Site, null, 0, 10, Bank.Cancel)).Total);
        var tag = bank.Grains.GetGrain<IEarTagGrain>(RanchWorld.Tag(2));
        Assert.Equal(RanchWorld.Animal(2), (await tag.Describe())!.AssetId);

        Assert.Equal("device-in-use", (await Declare(ranch, new BindTag("b-1", "operator", RanchWorld.Animal(1), RanchWorld.Tag(2), "lost"))).Reason);
        Onboarded.Accepted(await Declare(ranch, new BindTag("b-2", "operator", RanchWorld.Animal(2), null, "lost")));
        Assert.Empty(await register.StandingBindingsAsync([RanchWorld.Tag(2)], Bank.Cancel));
        bank.Clock.Advance(TimeSpan.FromSeconds(1));
        Onboarded.Accepted(await Declare(ranch, new BindTag("b-3", "operator", RanchWorld.Animal(1), RanchWorld.Tag(2), "replaced")));
        Assert.Equal(RanchWorld.Animal(1), (await tag.Describe())!.AssetId);
        Assert.Equal("not-declarable", (await Declare(ranch, new PledgeAssets("p-1", "operator", "f", [RanchWorld.Animal(1)], ""))).Reason);
        Assert.Equal("unknown-asset", (await Declare(ranch, new MoveAssets("m-1", "operator", ["cow-none"], "pen-2"))).Reason);
    }

    [Fact]
    public async Task What_is_pledged_leaves_only_by_release_or_death()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        await ranch.OpenAsync(3);
        var facility = await ranch.Facility("facility-1");
        Onboarded.Accepted(await facility.Pledge(new PledgeOrder("pledge-1", "officer", Onboarded.Site, Onboarded.Cows(1, 2), "zd-1")));

        var sale = new RemoveAssets("r-1", "operator", Onboarded.Cows(1, 1), "sold");
        var refused = await Declare(ranch, sale);
        Assert.Equal("pledged", refused.Reason);
        Assert.StartsWith("pledged: release first", refused.Detail, StringComparison.Ordinal);
        Onboarded.Accepted(await Declare(ranch, new RemoveAssets("r-2", "operator", Onboarded.Cows(2, 1), "dead")));
        Onboarded.Accepted(await Declare(ranch, new RemoveAssets("r-3", "operator", Onboarded.Cows(3, 1), "sold")));
        Assert.Equal("sold", (await bank.Service<IRegister>().AssetAsync(RanchWorld.Animal(3), Bank.Cancel))!.EndedBecause);
        Assert.Empty(await bank.Service<IRegister>().StandingBindingsAsync([RanchWorld.Tag(3)], Bank.Cancel));

        Onboarded.Accepted(await facility.Release(new ReleaseOrder("release-1", "officer", Onboarded.Site, Onboarded.Cows(1, 1))));
        Onboarded.Accepted(await Declare(ranch, sale));
        Assert.Equal("unknown-asset", (await Declare(ranch, sale with { CommandId = "r-4" })).Reason);
    }

    private static ValueTask<CommandReceipt> Declare(Onboarded ranch, SiteCommand command) => ranch.Registrar.Declare(Onboarded.Site, command);
}
