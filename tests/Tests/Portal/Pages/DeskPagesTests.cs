using System.Net;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Market;
using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal.Pages;

/// <summary>Today, prices, and the borrower's own page.</summary>
public sealed class DeskPagesTests
{
    [Fact]
    public async Task Today_counts_what_needs_a_bank_officer_and_leads_there()
    {
        await using var world = await StartAsync(portal =>
        {
            portal.Grains.Place<IPortfolioGrain>(PortalHost.Bank).Gives(
                nameof(IPortfolioGrain.Views), new[] { LendingSamples.View(290_000_000, "opened"), LendingSamples.View(facilityId: "old-line") with { State = "stale" } });
            portal.Grains.Place<IWarehouseGrain>(Samples.Warehouse).On(
                nameof(ISiteGrain.Summary), _ => new ValueTask<SiteSummary>(Task.FromException<SiteSummary>(new TimeoutException())));
            portal.Grains.Place<IFleetGrain>(Samples.Fleet).Gives(nameof(ISiteGrain.Summary), Samples.RanchSummary(isUnobserved: true));
        });
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var page = PageBasics.Holds(await browser.GetAsync("/"));
        Assert.Contains("<a href=\"/shortfalls\"><strong>1</strong>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/portfolio?sort=as-of\"><strong>1</strong>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/sites\"><strong>2</strong>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/devices?silent=1\"><strong>2</strong>", page, StringComparison.Ordinal);
        Assert.Contains("data-live=\"open-alarms\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operators_today_holds_its_own_sites_and_no_facility()
    {
        await using var world = await StartAsync();
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var page = PageBasics.Holds(await browser.GetAsync("/"));
        Assert.Contains("Dead, presumed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/facilities/", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/portfolio\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_borrower_reads_when_it_pays_next_whether_it_is_safe_and_what_is_pledged()
    {
        await using var world = await StartAsync();
        using var browser = await world.SignInAsync(Roles.Borrower, Samples.Ranch, "li-farm");
        var page = PageBasics.Holds(await browser.GetAsync("/my"));
        Assert.Contains("177,250.00 yuan", page, StringComparison.Ordinal);
        Assert.Contains("on 2026-12-01", page, StringComparison.Ordinal);
        Assert.Contains("You owe 2,000,000.00 yuan in all.", page, StringComparison.Ordinal);
        Assert.Contains("safety-safe", page, StringComparison.Ordinal);
        Assert.Contains("300 count, 2 do not.", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/ranches/{Samples.Ranch}?facility={Samples.Facility}#list\"", page, StringComparison.Ordinal);
        using var stranger = await world.SignInAsync(Roles.Borrower, "", "wang");
        Assert.Contains("You have no facility at this bank.", PageBasics.Holds(await stranger.GetAsync("/my")), StringComparison.Ordinal);
        using var officer = await world.SignInAsync(Roles.BankOfficer);
        Assert.Contains("/forbidden", (await officer.GetAsync("/my")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_called_borrower_reads_how_much_and_until_when()
    {
        await using var world = await StartAsync(portal =>
            portal.Grains.Place<IPortfolioGrain>(PortalHost.Bank).Gives(nameof(IPortfolioGrain.Views), new[] { LendingSamples.View(250_000_000, "called") }));
        using var browser = await world.SignInAsync(Roles.Borrower, Samples.Ranch, "li-farm", language: "zh-CN");
        var page = PageBasics.Holds(await browser.GetAsync("/my"));
        Assert.Contains("银行要求您在 2026-11-27 16:00 前还款或追加质押，共 100,000.00 元。", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prices_are_read_by_the_bank_and_posted_by_an_approver_alone()
    {
        Scripted<IMarketGrain> market = null!;
        await using var world = await StartAsync(portal => market = portal.Grains.Place<IMarketGrain>(PortalHost.Bank)
            .Gives(nameof(IMarketGrain.Post), new CommandReceipt(true, null, null, 8)));
        using var officer = await world.SignInAsync(Roles.BankOfficer);
        var read = PageBasics.Holds(await officer.GetAsync("/prices"));
        Assert.Contains("30.00", read, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Yuan\"", read, StringComparison.Ordinal);

        using var approver = await world.SignInAsync(Roles.BankApprover);
        var form = PageBasics.Holds(await approver.GetAsync("/prices?class=beef-cattle"));
        Assert.Contains("History of beef-cattle", form, StringComparison.Ordinal);
        async Task<string> PostAsync(string yuan) => PageBasics.Holds(await approver.PostFormAsync("/prices", new("_handler", "price"),
            new("__RequestVerificationToken", PageWorld.Token(form)), new("OrderId", "p-1"), new("PriceClass", "beef-cattle"), new("Grade", ""), new("Yuan", yuan), new("Source", "board")));
        Assert.Contains("at most five decimals", await PostAsync("30.000001"), StringComparison.Ordinal);
        Assert.Contains("Posted.", await PostAsync("31.25"), StringComparison.Ordinal);
        var posting = (PricePosting)Assert.Single(market.Calls).Arguments[0]!;
        Assert.Equal(new PriceLine("beef-cattle", "", 3_125_000, Samples.Now, "board"), Assert.Single(posting.Prices));
        using var operatorOfRanch = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        Assert.Contains("/forbidden", (await operatorOfRanch.GetAsync("/prices")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_price_the_page_says_what_that_means()
    {
        await using var world = await StartAsync(portal => portal.Prices.Reads(nameof(IPrices.CurrentAsync), (0L, (IReadOnlyList<PriceRow>)[])));
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        Assert.Contains("No price has been posted", PageBasics.Holds(await browser.GetAsync("/prices")), StringComparison.Ordinal);
    }

    private static Task<PageWorld> StartAsync(Action<PortalHost>? more = null) => PageWorld.StartAsync(portal =>
    {
        LendingSamples.Script(portal);
        OperationSamples.Script(portal);
        portal.Lending.Reads(nameof(ILendingBook.LoansAsync), LendingSamples.Book.Loans);
        portal.Prices.Reads(nameof(IPrices.PastAsync), (IReadOnlyList<PriceRow>)[Samples.BeefPrice, Samples.BeefPrice with { FenPerTonne = 2_900_000, Version = 6 }]);
        more?.Invoke(portal);
    });
}
