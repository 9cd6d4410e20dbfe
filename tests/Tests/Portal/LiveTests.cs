using System.Net.WebSockets;
using System.Text.Json;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed class LiveTests
{
    [Fact]
    public async Task A_page_gets_everything_at_first_and_then_only_the_rows_that_changed()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        var views = new[] { Seeds.View(), Seeds.View() with { FacilityId = "z-loan" } };
        host.Grains.Place<IPortfolioGrain>(PortalHost.Bank).On(nameof(IPortfolioGrain.Views), _ => new ValueTask<FacilityView[]>(views));
        using var page = await SignedInAsync(host, Roles.BankOfficer);
        var start = await page.ListenAsync("facilities");
        Assert.Equal(["ranch-loan", "z-loan"], start.GetProperty("keys").EnumerateArray().Select(key => key.GetString()));
        Assert.Equal(SetClock.Start.ToUnixTimeMilliseconds(), start.GetProperty("serverTime").GetInt64());

        views = [views[0], views[1] with { DebtFen = 200_000 }];
        var message = await page.MessageAsync("rows");
        Assert.Equal("facilities", message[0].GetString());
        var row = Assert.Single(message[1].EnumerateArray());
        Assert.Equal(1, row[0].GetInt32());
        var debt = start.GetProperty("columns").EnumerateArray().Select(column => column.GetString()).ToList().IndexOf("debt");
        Assert.Equal("2,000.00", row[debt + 1].GetString());
    }

    [Fact]
    public async Task Rows_that_come_or_go_start_the_topic_afresh()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        var views = new[] { Seeds.View() };
        host.Grains.Place<IPortfolioGrain>(PortalHost.Bank).On(nameof(IPortfolioGrain.Views), _ => new ValueTask<FacilityView[]>(views));
        using var page = await SignedInAsync(host, Roles.BankOfficer);
        await page.ListenAsync("facilities");
        views = [views[0], views[0] with { FacilityId = "a-loan" }];
        var start = (await page.MessageAsync("start"))[0];
        Assert.Equal(["a-loan", "ranch-loan"], start.GetProperty("keys").EnumerateArray().Select(key => key.GetString()));
    }

    [Theory]
    [InlineData(Roles.RanchOperator, "facilities")]
    [InlineData(Roles.RanchOperator, "facility:ranch-loan")]
    [InlineData(Roles.RanchOperator, "zones:ranch-2")]
    [InlineData(Roles.BankOfficer, "zones:foreign-ranch")]
    [InlineData(Roles.BankOfficer, "facility:foreign-loan")]
    [InlineData(Roles.BankOfficer, "assets:ranch-1?count=100000")]
    [InlineData(Roles.BankOfficer, "no-such-topic")]
    public async Task A_topic_that_is_not_the_viewers_is_refused_by_the_server(string role, string topic)
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        using var page = await SignedInAsync(host, role);
        Assert.Equal(JsonValueKind.Null, (await page.ListenAsync(topic)).ValueKind);
    }

    [Fact]
    public async Task An_operator_hears_of_its_own_site()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        host.Grains.Place<IRanchGrain>(Seeds.Ranch).On(nameof(ISiteGrain.Summary), _ => new ValueTask<SiteSummary>(new SiteSummary(
            Seeds.Ranch, SiteKind.Ranch, 1, 42, SetClock.Start, null, null, new() { ["missing"] = 3 },
            [new ZoneSummary("pen-1", 30, 28, 2, 15_000_000)], [], [], [])));
        using var page = await SignedInAsync(host, Roles.RanchOperator);
        Assert.Equal("[[0,\"30\",\"28\",\"2\",\"15,000.0\"]]", (await page.ListenAsync("zones:ranch-1")).GetProperty("rows").GetRawText());
        Assert.Equal("[[0,\"3\"]]", (await page.ListenAsync("counts:ranch-1")).GetProperty("rows").GetRawText());
    }

    [Fact]
    public async Task A_page_may_listen_to_so_many_topics_and_no_more()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        host.Alarms.On(nameof(IAlarms.CountOpenAsync), _ => Task.FromResult(1L));
        host.Grains.Place<IRanchGrain>(Seeds.Ranch).On(nameof(ISiteGrain.Assets), _ => new ValueTask<AssetPage>(new AssetPage(0, [])));
        using var page = await SignedInAsync(host, Roles.BankOfficer);
        for (var i = 0; i < Earmark.Portal.PortalLimits.LiveTopicsPerConnection; i++)
        {
            Assert.Equal(JsonValueKind.Object, (await page.ListenAsync($"assets:ranch-1?offset={i}")).ValueKind);
        }

        Assert.Equal(JsonValueKind.Null, (await page.ListenAsync("open-alarms")).ValueKind);
    }

    [Fact]
    public async Task A_socket_without_a_sign_in_is_not_opened()
    {
        await using var host = await PortalHost.StartAsync(Seeds.SitesAndFacilities);
        await Assert.ThrowsAsync<WebSocketException>(() => LiveSocket.OpenAsync(host.Address, cookie: null));
    }

    private static async Task<LiveSocket> SignedInAsync(PortalHost host, string role)
    {
        await host.Identity.AddUserAsync(
            new("officer", PortalHost.Bank, role, "", Passwords.Hash("pw", 1_000), Seeds.Ranch, null), TestContext.Current.CancellationToken);
        using var browser = host.Browser();
        var answer = await SignInTests.PostAsync(browser, "/sign-in", "officer", "pw");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("earmark=", StringComparison.Ordinal));
        return await LiveSocket.OpenAsync(host.Address, cookie.Split(';')[0]);
    }
}
