using Earmark.Contracts.Lending;
using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Silo.Lending;

public sealed class PledgeTests
{
    [Fact]
    public async Task A_pledge_counts_once_its_ranch_has_reported_it_and_a_release_ends_it_on_both_sides()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        await ranch.OpenAsync(20);
        var facility = await ranch.Facility("facility-1");
        var order = new PledgeOrder("pledge-1", "officer", Onboarded.Site, Onboarded.Cows(1, 20), "zd-1");
        Onboarded.Accepted(await facility.Pledge(order));
        Onboarded.Accepted(await facility.Pledge(order));
        await ranch.Keeper.Settle(bank.Clock.GetUtcNow());
        var view = (await facility.View())!;
        Assert.Equal(("current", 20), (view.State, view.Factors.Sum(row => row.Count)));
        Assert.Equal(Onboarded.Site, Assert.Single(view.Sites).SiteId);

        Assert.True((await facility.Draw(ranch.Draw("d-1", 100_000))).Accepted);
        var asked = (await facility.WhatIf(new WhatIfQuestion(0, Onboarded.Site, Onboarded.Cows(1, 10), [], null)))!;
        var tooMuch = await facility.Release(new ReleaseOrder("release-1", "officer", Onboarded.Site, Onboarded.Cows(1, 10)));
        Assert.Equal("would-breach", tooMuch.Reason);
        Assert.Equal(tooMuch.Detail, string.Join(", ", asked.Refusals));
        Assert.Empty((await facility.WhatIf(new WhatIfQuestion(0, Onboarded.Site, Onboarded.Cows(1, 3), [], null)))!.Refusals);
        Assert.Equal(tooMuch, await facility.Release(new ReleaseOrder("release-1", "officer", Onboarded.Site, Onboarded.Cows(1, 10))));
        var few = new ReleaseOrder("release-2", "officer", Onboarded.Site, Onboarded.Cows(1, 3));
        Onboarded.Accepted(await facility.Release(few));
        Onboarded.Accepted(await facility.Release(few));
        await ranch.Keeper.Settle(bank.Clock.GetUtcNow());
        Assert.Equal(17, (await facility.View())!.Factors.Sum(row => row.Count));
        Assert.Null(await bank.Service<ILendingBook>().ActivePledgeAsync(Onboarded.Cows(1, 1)[0], Bank.Cancel));
        Assert.Equal("not-pledged", (await facility.Release(few with { OrderId = "release-3" })).Reason);
        Onboarded.Accepted(await facility.Pledge(order with { OrderId = "pledge-2", AssetIds = Onboarded.Cows(1, 3) }));
    }

    [Fact]
    public async Task Of_fifty_pledges_of_one_animal_one_wins()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        await ranch.OpenAsync(1);
        IFacilityGrain[] facilities = [await ranch.Facility("facility-1"), await ranch.Facility("facility-2"), await ranch.Facility("facility-3")];
        var receipts = await Task.WhenAll(Enumerable.Range(0, 50).Select(number =>
            facilities[number % 3].Pledge(new PledgeOrder($"pledge-{number}", "officer", Onboarded.Site, Onboarded.Cows(1, 1), "zd-1")).AsTask()));
        Assert.Single(receipts, receipt => receipt.Accepted);
        Assert.Equal(49, receipts.Count(receipt => receipt.Reason == "already-pledged"));
        var pledge = (await bank.Service<ILendingBook>().ActivePledgeAsync(Onboarded.Cows(1, 1)[0], Bank.Cancel))!;
        var winner = pledge.FacilityId[^1] - '1';
        await ranch.Keeper.Settle(bank.Clock.GetUtcNow());
        var counted = await Task.WhenAll(facilities.Select(async facility => (await facility.View())!.Factors.Sum(row => row.Count)));
        Assert.Equal(1, counted.Sum());
        Assert.Equal(1, counted[winner]);
    }

    [Fact]
    public async Task A_pledge_that_never_reached_its_ranch_is_told_again()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        await ranch.OpenAsync(5);
        var facility = await ranch.Facility("facility-1");
        var book = bank.Service<ILendingBook>();
        var now = bank.Clock.GetUtcNow();
        var version = (await book.FacilityAsync("facility-1", Bank.Cancel))!.Facility.Version;
        await book.CommitAsync(
            new LendingDecision(
                "pledge/facility-1/cut-off", "facility-1", version, "pledge", "accepted", "{}", "{}", "officer", now, [],
                [.. Onboarded.Cows(1, 5).Select(id => new PledgeRow(id, "facility-1", Onboarded.Site, "zd-1", now, null))], [], [], null, []),
            Bank.Cancel);
        await bank.RestartAsync();
        facility = bank.Grains.GetGrain<IFacilityGrain>("facility-1");
        for (var minute = 0; minute < 4; minute++)
        {
            await ranch.Keeper.Settle(bank.Clock.Advance(TimeSpan.FromMinutes(1)));
        }

        var view = (await facility.View())!;
        Assert.Equal(5, view.Factors.Sum(row => row.Count));
        Assert.NotEqual("unknown", view.State);
    }

    [Fact]
    public async Task What_is_not_there_can_not_be_pledged()
    {
        await using var bank = await Bank.OpenAsync();
        var ranch = new Onboarded(bank);
        await ranch.OpenAsync(1);
        var facility = await ranch.Facility("facility-1");
        Assert.Equal("unknown-site", (await facility.Pledge(new PledgeOrder("p-1", "officer", "ranch-9", ["a"], ""))).Reason);
        Assert.Equal("unknown-asset", (await facility.Pledge(new PledgeOrder("p-2", "officer", Onboarded.Site, ["a"], ""))).Reason);
        Assert.Equal("bad-assets", (await facility.Pledge(new PledgeOrder("p-3", "officer", Onboarded.Site, [], ""))).Reason);
        var nowhere = bank.Grains.GetGrain<IFacilityGrain>("facility-9");
        Assert.Equal("unknown-facility", (await nowhere.Pledge(new PledgeOrder("p-4", "officer", Onboarded.Site, ["a"], ""))).Reason);
        Assert.Null(await nowhere.View());
    }
}
