using Earmark.Contracts.Lending;
using Earmark.Silo.Keeping;
using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Silo.Keeping;

public sealed class KeeperTests
{
    [Fact]
    public async Task A_site_that_fails_holds_up_no_other()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        await ranch.OpenAsync(2);
        await ranch.Facility("facility-1");
        await bank.Service<IRegister>().AddSiteAsync(new SiteRow("nowhere", Bank.Institution, 9, "No such kind", "", null, null), Bank.Cancel);
        var before = (await ranch.Ranch.Summary()).AsOf;
        var receipt = await ranch.Keeper.Settle(bank.Clock.Advance(TimeSpan.FromMinutes(1)));
        Assert.Equal((2, 1), (receipt.Sites, receipt.Facilities));
        Assert.Equal(["site nowhere", "site nowhere flush"], receipt.Failures);
        Assert.True((await ranch.Ranch.Summary()).AsOf > before);
    }

    [Fact]
    public async Task A_beat_ticks_what_is_due_and_nothing_else()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        await ranch.OpenAsync(2);
        var start = (await ranch.Ranch.Summary()).Position;
        await ranch.Keeper.Beat(bank.Clock.Advance(TimeSpan.FromSeconds(59)));
        Assert.Equal(start, (await ranch.Ranch.Summary()).Position);
        await ranch.Keeper.Beat(bank.Clock.Advance(TimeSpan.FromSeconds(1)));
        var ticked = (await ranch.Ranch.Summary()).Position;
        Assert.True(ticked > start);
        await ranch.Keeper.Beat(bank.Clock.GetUtcNow());
        Assert.Equal(ticked, (await ranch.Ranch.Summary()).Position);
    }

    [Fact]
    public async Task With_no_frame_at_all_value_falls_and_a_draw_is_refused()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        await ranch.OpenAsync(10);
        var facility = await ranch.Facility("facility-1");
        Onboarded.Accepted(await facility.Pledge(new PledgeOrder("p-1", "officer", Onboarded.Site, Onboarded.Cows(1, 10), "zd-1")));
        await ranch.Keeper.Settle(bank.Clock.GetUtcNow());
        var heard = (await facility.View())!.EligibleValueFen;
        await bank.RestartAsync();
        facility = bank.Grains.GetGrain<IFacilityGrain>("facility-1");
        bank.Clock.Advance(TimeSpan.FromHours(48));
        await ranch.Keeper.Beat(bank.Clock.GetUtcNow());
        await ranch.Keeper.Settle(bank.Clock.Advance(TimeSpan.FromMinutes(1)));
        var silent = (await facility.View())!;
        Assert.InRange(silent.EligibleValueFen, 1, heard * 6 / 10);
        Assert.Equal("unobserved", silent.State);
        Assert.Equal("unobserved", (await facility.Draw(ranch.Draw("d-1", 1))).Reason);
        bank.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("stale", (await facility.Draw(ranch.Draw("d-2", 1))).Reason);
    }

    [Theory]
    [InlineData(1, 5_000)]
    [InlineData(0, 5_000)]
    [InlineData(60, 1_000)]
    [InlineData(100_000, 100)]
    public void Beats_come_at_least_once_a_minute_of_domain_time_within_reason(double factor, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), KeeperBeat.Between(factor));
}
