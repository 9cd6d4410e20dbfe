using System.Net;
using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Storage.Journal;
using Xunit;

namespace Earmark.Tests.Portal.Pages;

public sealed class HerdPagesTests
{
    [Fact]
    public async Task The_herd_shows_its_tallies_stations_pens_and_animals_with_ages_in_words()
    {
        await using var world = await PageWorld.StartAsync();
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var page = PageBasics.Holds(await browser.GetAsync("/ranches/" + Samples.Ranch));
        Assert.Contains("北坡牧场", page, StringComparison.Ordinal);
        Assert.Contains("2,000", page, StringComparison.Ordinal);
        Assert.Contains("5,400.0 kg", page, StringComparison.Ordinal);
        Assert.Contains("No signal for 2 h", page, StringComparison.Ordinal);
        Assert.Contains("40 s ago", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/animals/{Samples.Cow}\"", page, StringComparison.Ordinal);
        Assert.Contains($"data-live=\"assets:{Samples.Ranch}?sort=last-heard&amp;offset=0\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_herd_speaks_chinese_with_its_units()
    {
        await using var world = await PageWorld.StartAsync();
        using var browser = await world.SignInAsync(Roles.BankOfficer, language: "zh-CN");
        var page = PageBasics.Holds(await browser.GetAsync("/ranches/" + Samples.Ranch));
        Assert.Contains("无信号 2 小时", page, StringComparison.Ordinal);
        Assert.Contains("体重（kg）", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Order_filter_and_page_of_the_herd_come_from_its_address()
    {
        await using var world = await PageWorld.StartAsync();
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        PageBasics.Holds(await browser.GetAsync($"/ranches/{Samples.Ranch}?sort=quantity&desc=1&zone=pen-a&state=sick&q=COW&page=3"));
        var asked = (AssetQuery)world.Ranch.Calls.Last(call => call.Method == nameof(ISiteGrain.Assets)).Arguments[0]!;
        Assert.Equal(new AssetQuery("pen-a", "sick", null, "cow", "quantity", true, 100, 50), asked);
    }

    [Fact]
    public async Task An_empty_herd_says_so_and_what_to_do()
    {
        await using var world = await PageWorld.StartAsync();
        world.Ranch.Gives(nameof(ISiteGrain.Assets), new AssetPage(0, []));
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        Assert.Contains("No animal fits.", PageBasics.Holds(await browser.GetAsync("/ranches/" + Samples.Ranch)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unobserved_ranch_says_what_that_stops()
    {
        await using var world = await PageWorld.StartAsync();
        world.Ranch.Gives(nameof(ISiteGrain.Summary), Samples.RanchSummary(isUnobserved: true));
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        Assert.Contains("Unobserved: no station", PageBasics.Holds(await browser.GetAsync("/ranches/" + Samples.Ranch)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ranches/" + Samples.OtherRanch)]
    [InlineData("/ranches/no-such-ranch")]
    [InlineData("/ranches/" + Samples.Warehouse)]
    [InlineData("/sites/" + Samples.OtherRanch + "/entries/1")]
    [InlineData("/animals/no-such-cow")]
    public async Task Another_institutions_things_and_things_that_are_not_there_read_alike(string path)
    {
        await using var world = await PageWorld.StartAsync();
        using var browser = await world.SignInAsync(Roles.Admin);
        var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains("not yours to see", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_of_another_site_sees_neither_ranch_nor_animal()
    {
        await using var world = await PageWorld.StartAsync();
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Warehouse);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/ranches/" + Samples.Ranch)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/animals/" + Samples.Cow)).Status);
    }

    [Fact]
    public async Task An_animal_shows_its_value_factor_by_factor_its_pledge_tags_and_evidence()
    {
        await using var world = await PageWorld.StartAsync();
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var page = PageBasics.Holds(await browser.GetAsync("/animals/" + Samples.Cow));
        // 500 kg × 1 × 0.875 × 0.96 = 420 kg at 30 yuan, less a haircut of a fifth.
        Assert.Contains("15,000.00", page, StringComparison.Ordinal);
        Assert.Contains("13,125.00", page, StringComparison.Ordinal);
        Assert.Contains("12,600.00", page, StringComparison.Ordinal);
        Assert.Contains("10,080.00", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/facilities/{Samples.Facility}\"", page, StringComparison.Ordinal);
        Assert.Contains("ZDW-0001", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/sites/{Samples.Ranch}/entries/4700\"", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/devices/{Samples.Tag}\"", page, StringComparison.Ordinal);
        Assert.Contains("<polyline", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operator_sees_the_pledge_but_no_way_into_the_facility()
    {
        await using var world = await PageWorld.StartAsync();
        using var browser = await world.SignInAsync(Roles.RanchOperator, Samples.Ranch);
        var page = PageBasics.Holds(await browser.GetAsync("/animals/" + Samples.Cow));
        Assert.Contains("Pledged", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/facilities/", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_excluded_animal_counts_nothing_and_says_why()
    {
        await using var world = await PageWorld.StartAsync();
        world.Ranch.Gives(nameof(ISiteGrain.Asset), (AssetDetail?)Samples.CowDetail("dead-presumed"));
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var page = PageBasics.Holds(await browser.GetAsync("/animals/" + Samples.Cow));
        Assert.Contains("It counts nothing now:", page, StringComparison.Ordinal);
        Assert.Contains("excluded-dead-presumed", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_asset_named_by_a_reason_leads_to_the_page_of_its_kind()
    {
        await using var world = await PageWorld.StartAsync();
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var answer = await browser.GetAsync("/collateral/" + Samples.Cow);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.EndsWith("/animals/" + Samples.Cow, answer.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_entry_shows_its_bytes_its_hash_and_what_it_says()
    {
        await using var world = await PageWorld.StartAsync(portal => portal.Journal.On(nameof(IJournal.ReadAsync), asked =>
            Task.FromResult<IReadOnlyList<JournalEntry>>(
                [new(1, Samples.Ranch, 3, (long)asked[1]! + 1, EntryKind.Frame, Samples.Now, "station-1", 1, 1, 1, [0xEA, 0x01, 0xFF], new byte[32])])));
        using var browser = await world.SignInAsync(Roles.BankOfficer);
        var page = PageBasics.Holds(await browser.GetAsync($"/sites/{Samples.Ranch}/entries/4700"));
        Assert.Contains("ea01ff", page, StringComparison.Ordinal);
        Assert.Contains("truncated", page, StringComparison.Ordinal);
        Assert.Contains("Signed, verified", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_sites_names_only_the_viewers_own_and_those_that_do_not_answer()
    {
        await using var world = await PageWorld.StartAsync(portal =>
        {
            portal.Grains.Place<IWarehouseGrain>(Samples.Warehouse)
                .On(nameof(ISiteGrain.Summary), _ => new ValueTask<SiteSummary>(Task.FromException<SiteSummary>(new TimeoutException())));
        });
        using var browser = await world.SignInAsync(Roles.WarehouseOperator, $"{Samples.Ranch} {Samples.Warehouse}");
        var page = PageBasics.Holds(await browser.GetAsync("/sites"));
        Assert.Contains("北坡牧场", page, StringComparison.Ordinal);
        Assert.Contains("The site does not answer.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("东线车队", page, StringComparison.Ordinal);
        using var nobody = await world.SignInAsync(Roles.FleetOperator);
        Assert.Contains("No sites yet.", PageBasics.Holds(await nobody.GetAsync("/sites")), StringComparison.Ordinal);
    }
}
