using System.Net;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal.Pages;

public sealed class LendingPagesTests
{
    private const string Path = "/facilities/" + Samples.Facility;

    [Fact]
    public async Task A_facility_shows_its_ltv_against_the_lines_and_why_it_is_so()
    {
        await using var world = await PageWorld.StartAsync(LendingSamples.Script);
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var page = PageBasics.Holds(await browser.GetAsync(Path));
        Assert.Contains("66.7 %", page, StringComparison.Ordinal);
        Assert.Contains("Margin-call line 80.0 %", page, StringComparison.Ordinal);
        Assert.Contains("data-live=\"facility:herd-line\"", page, StringComparison.Ordinal);
        Assert.Contains("Silent too long", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/collateral/{Samples.Cow}\"", page, StringComparison.Ordinal);
        Assert.Contains("115,000.0", page, StringComparison.Ordinal);
        Assert.Contains("1,999,990.00", page, StringComparison.Ordinal);
        Assert.Contains("2026-12-01: 177,250.00", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/sites/{Samples.Ranch}/entries/4711\"", page, StringComparison.Ordinal);
        Assert.Contains("would-breach", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_history_is_away_a_facility_shows_everything_but_its_chart_and_says_so()
    {
        await using var world = await PageWorld.StartAsync(portal =>
        {
            LendingSamples.Script(portal);
            portal.History.On(nameof(IHistory.ReadAsync), _ => Task.FromException<IReadOnlyList<HistoryPoint>>(new HistoryAwayException("away")));
        });
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var page = PageBasics.Holds(await browser.GetAsync(Path));
        Assert.Contains("66.7 %", page, StringComparison.Ordinal);
        Assert.Contains("The history is away; the chart comes back with it.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_borrower_reads_its_own_facility_and_has_no_orders_there()
    {
        await using var world = await PageWorld.StartAsync(LendingSamples.Script);
        using var own = await world.SignInAsync(Roles.Borrower, Samples.Ranch, "li-farm");
        Assert.DoesNotContain("id=\"draw\"", PageBasics.Holds(await own.GetAsync(Path)), StringComparison.Ordinal);
        using var stranger = await world.SignInAsync(Roles.Borrower, Samples.Ranch, "wang");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync("/shortfalls/" + LendingSamples.Call)).Status);
    }

    [Theory]
    [InlineData(Path)]
    [InlineData("/shortfalls/" + LendingSamples.Call)]
    [InlineData(Path + "/assets")]
    public async Task Another_bank_finds_nothing_there(string path)
    {
        await using var world = await PageWorld.StartAsync(LendingSamples.Script);
        using var browser = await world.SignInAsync(Roles.Admin, institution: PortalHost.OtherBank);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("/portfolio")]
    [InlineData("/shortfalls")]
    [InlineData(Path)]
    public async Task An_operator_is_not_let_into_lending(string path)
    {
        await using var world = await PageWorld.StartAsync(LendingSamples.Script);
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        Assert.Contains("/forbidden", (await browser.GetAsync(path)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draw_form_shows_what_would_stand_after_it_and_what_forbids_it()
    {
        await using var world = await PageWorld.StartAsync(LendingSamples.Script);
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var page = PageBasics.Holds(await browser.GetAsync(Path + "?amount=1,000,000&payee=Feed%20Ltd&instalments=12&first=2027-01-15"));
        Assert.Contains("3,000,000.00", page, StringComparison.Ordinal);
        Assert.Contains("100.0 %", page, StringComparison.Ordinal);
        Assert.Contains("Loan to value after it would be above the draw factor.", page, StringComparison.Ordinal);
        // 4.35 % on actual/360 from 22 November, first due 15 January: 1,000,000 ÷ Σ discounts.
        Assert.Contains("12 instalments of 85,571.67 yuan", page, StringComparison.Ordinal);
        var wrong = PageBasics.Holds(await browser.GetAsync(Path + "?amount=1.234&payee=x&instalments=12&first=2027-01-15"));
        Assert.Contains("at most two decimals", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draw_is_ordered_under_the_forms_own_id_and_its_receipt_shown()
    {
        Scripted<IFacilityGrain> facility = null!;
        await using var world = await PageWorld.StartAsync(portal =>
        {
            LendingSamples.Script(portal);
            facility = portal.Grains.Place<IFacilityGrain>(Samples.Facility)
                .Gives(nameof(IFacilityGrain.View), (FacilityView?)LendingSamples.View(100_000_000))
                .Gives(nameof(IFacilityGrain.Draw), new MoneyReceipt(true, null, null, "herd-line-loan-2", "t"));
        });
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var asked = Path + "?amount=500000.50&payee=Feed&instalments=6&first=2027-01-15";
        var form = (await browser.GetAsync(asked)).Text;
        var id = PageWorld.Field(form, "OrderId");
        var page = PageBasics.Holds(await browser.PostFormAsync(asked, new("_handler", "draw"), new("__RequestVerificationToken", PageWorld.Token(form)),
            new("OrderId", id), new("Amount", "500000.50"), new("Payee", "Feed"), new("Instalments", "6"), new("FirstDueOn", "2027-01-15")));
        Assert.Contains("herd-line-loan-2", page, StringComparison.Ordinal);
        var order = (DrawOrder)facility.Calls.Single(call => call.Method == nameof(IFacilityGrain.Draw)).Arguments[0]!;
        Assert.Equal((id, 50_000_050L, "Feed", 6, new DateOnly(2027, 1, 15)), (order.OrderId, order.AmountFen, order.Payee, order.Instalments, order.FirstDueOn));
    }

    [Fact]
    public async Task A_refused_repayment_says_why_in_words_and_posting_without_a_token_does_nothing()
    {
        Scripted<IFacilityGrain> facility = null!;
        await using var world = await PageWorld.StartAsync(portal =>
        {
            LendingSamples.Script(portal);
            facility = portal.Grains.Place<IFacilityGrain>(Samples.Facility)
                .Gives(nameof(IFacilityGrain.View), (FacilityView?)LendingSamples.View())
                .Gives(nameof(IFacilityGrain.Repay), new MoneyReceipt(false, "unknown-loan", "unknown-loan, amount-too-large", null, null));
        });
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var form = (await browser.GetAsync(Path)).Text;
        KeyValuePair<string, string>[] fields = [new("_handler", "repay"), new("OrderId", "a1"), new("LoanId", "x"), new("Amount", "10")];
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostFormAsync(Path, fields)).Status);
        Assert.DoesNotContain(facility.Calls, call => call.Method == nameof(IFacilityGrain.Repay));
        var page = PageBasics.Holds(await browser.PostFormAsync(Path, [.. fields, new("__RequestVerificationToken", PageWorld.Token(form))]));
        Assert.Contains("There is no such drawdown.", page, StringComparison.Ordinal);
        Assert.Contains("The amount is too large.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Assets_are_chosen_from_a_list_and_a_release_shows_what_stands_after_it()
    {
        Scripted<IFacilityGrain> facility = null!;
        await using var world = await PageWorld.StartAsync(portal =>
        {
            LendingSamples.Script(portal);
            facility = portal.Grains.Place<IFacilityGrain>(Samples.Facility)
                .Gives(nameof(IFacilityGrain.View), (FacilityView?)LendingSamples.View())
                .Gives(nameof(IFacilityGrain.Release), new CommandReceipt(false, "would-breach", "would-breach", 0));
        });
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var asked = $"{Path}/assets?site={Samples.Ranch}&asset={Samples.Cow}";
        var page = PageBasics.Holds(await browser.GetAsync(asked));
        Assert.Contains("2,989,920.00", page, StringComparison.Ordinal);
        var answer = PageBasics.Holds(await browser.PostFormAsync(asked, new("_handler", "release"), new("__RequestVerificationToken", PageWorld.Token(page)),
            new("OrderId", "r-1"), new("AssetIds", Samples.Cow)));
        Assert.Contains("above the draw factor", answer, StringComparison.Ordinal);
        var order = (ReleaseOrder)facility.Calls.Single(call => call.Method == nameof(IFacilityGrain.Release)).Arguments[0]!;
        Assert.Equal((Samples.Ranch, Samples.Cow), (order.SiteId, order.AssetIds.Single()));
    }

    [Fact]
    public async Task The_portfolio_counts_by_band_and_kind_and_lists_the_most_endangered_first()
    {
        await using var world = await PageWorld.StartAsync(portal =>
        {
            LendingSamples.Script(portal);
            portal.Grains.Place<IPortfolioGrain>(PortalHost.Bank).Gives(
                nameof(IPortfolioGrain.Views), new[] { LendingSamples.View(), LendingSamples.View(290_000_000, "opened", "a-line") with { LtvPpm = 966_666 } });
        });
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var page = PageBasics.Holds(await browser.GetAsync("/portfolio"));
        Assert.Contains("1 · 2,900,000.00", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("/facilities/a-line", StringComparison.Ordinal) < page.IndexOf("/facilities/herd-line", StringComparison.Ordinal));
        Assert.DoesNotContain("/facilities/herd-line", PageBasics.Holds(await browser.GetAsync("/portfolio?band=beyond")), StringComparison.Ordinal);
        Assert.Contains("No facility is in this band.", PageBasics.Holds(await browser.GetAsync("/portfolio?band=no-debt")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_margin_call_names_its_assets_once_a_reason_and_its_deadline()
    {
        await using var world = await PageWorld.StartAsync(LendingSamples.Script);
        using var browser = await world.SignInAsync(Roles.BankApprover);
        Assert.Contains("/shortfalls/" + LendingSamples.Call, PageBasics.Holds(await browser.GetAsync("/shortfalls")), StringComparison.Ordinal);
        var page = PageBasics.Holds(await browser.GetAsync("/shortfalls/" + LendingSamples.Call));
        Assert.Contains("overdue by 3 h", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/collateral/cow-0003\"", page, StringComparison.Ordinal);
        Assert.Contains(">31<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_calls_and_facilities_the_pages_say_so()
    {
        await using var world = await PageWorld.StartAsync(portal =>
        {
            LendingSamples.Script(portal);
            portal.Lending.Reads(nameof(ILendingBook.MarginCallsAsync), (IReadOnlyList<MarginCallRow>)[]);
            portal.Grains.Place<IPortfolioGrain>(PortalHost.Bank).Gives(nameof(IPortfolioGrain.Views), Array.Empty<FacilityView>());
        });
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        Assert.Contains("No margin call is open.", PageBasics.Holds(await browser.GetAsync("/shortfalls")), StringComparison.Ordinal);
        Assert.Contains("No facilities yet.", PageBasics.Holds(await browser.GetAsync("/portfolio")), StringComparison.Ordinal);
    }
}
