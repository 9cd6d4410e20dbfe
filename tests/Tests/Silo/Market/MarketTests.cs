using Earmark.Contracts.Lending;
using Earmark.Contracts.Market;
using Earmark.Silo.Market;
using Xunit;

namespace Earmark.Tests.Silo.Market;

public sealed class MarketTests
{
    [Fact]
    public async Task A_posting_is_one_version_that_every_facility_counts_with_when_it_is_answered()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Lending.Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        Assert.Equal(135_000_000, (await ranch.View()).EligibleValueFen);
        var receipt = await ranch.Post("p-2", 1_500_000);
        Assert.Equal(2, receipt.Position);
        Assert.Equal(receipt, await ranch.Post("p-2", 1_500_000));
        Assert.Equal("repeated-id", (await ranch.Post("p-2", 1_500_001)).Reason);
        var view = await ranch.View();
        Assert.Equal((2, 67_500_000), (view.PriceVersion, view.EligibleValueFen));
        Assert.Equal(2, (await Market(bank).Current()).Version);
    }

    [Fact]
    public async Task Prices_that_make_no_sense_are_refused_whole()
    {
        await using var bank = await Bank.OpenAsync();
        var now = bank.Clock.GetUtcNow();
        PriceLine good = new("beef-cattle", "", 3_000_000, now, "test");
        Assert.False((await Post(bank, [])).Accepted);
        Assert.False((await Post(bank, [good, good])).Accepted);
        Assert.False((await Post(bank, [good with { FenPerTonne = -1 }])).Accepted);
        Assert.False((await Post(bank, [good with { PriceClass = "Beef Cattle" }])).Accepted);
        Assert.False((await Post(bank, [good with { EffectiveAt = now + MarketGrain.ClockTolerance + TimeSpan.FromSeconds(1) }])).Accepted);
        Assert.Equal(0, (await Market(bank).Current()).Version);
        Assert.True((await Post(bank, [good])).Accepted);
    }

    [Fact]
    public async Task The_portfolio_shows_every_facility_after_a_restart_too()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Lending.Ranch(bank);
        await ranch.OpenAsync();
        await ranch.Report(100);
        await bank.RestartAsync();
        var views = await bank.Grains.GetGrain<IPortfolioGrain>(Bank.Institution).Views();
        Assert.Equal((Lending.Ranch.Facility, "unknown"), (Assert.Single(views).FacilityId, views[0].State));
    }

    private static IMarketGrain Market(Bank bank) => bank.Grains.GetGrain<IMarketGrain>(Bank.Institution);

    private static ValueTask<Earmark.Contracts.Sites.CommandReceipt> Post(Bank bank, PriceLine[] lines) =>
        Market(bank).Post(new PricePosting("p-1", "trader", "test", lines));
}
