using System.Net;
using System.Text.RegularExpressions;
using Earmark.Contracts.Lending;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal;

public sealed partial class SignInTests
{
    private const string Password = "right-horse";

    [Fact]
    public async Task A_page_leads_to_sign_in_and_back_to_itself()
    {
        await using var host = await StartAsync();
        using var browser = host.Browser();
        var answer = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Contains("/sign-in", answer.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_password_opens_the_page_in_chinese_and_the_link_switches_to_english()
    {
        await using var host = await StartAsync();
        using var browser = host.Browser(follow: true);
        var page = await SignInAsync(browser, Password);
        Assert.Contains("lang=\"zh-CN\"", page, StringComparison.Ordinal);
        Assert.Contains("今日", page, StringComparison.Ordinal);
        var english = (await browser.GetAsync("/?culture=en")).Text;
        Assert.Contains("lang=\"en\"", english, StringComparison.Ordinal);
        Assert.Contains("Today", english, StringComparison.Ordinal);
        Assert.Contains("Today", (await browser.GetAsync("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_read_alike()
    {
        await using var host = await StartAsync();
        using var browser = host.Browser(follow: true);
        var wrong = await SignInAsync(browser, "wrong");
        var unknown = await SignInAsync(browser, "wrong", "nobody");
        Assert.Contains("用户名或密码错误", wrong, StringComparison.Ordinal);
        Assert.Contains("用户名或密码错误", unknown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_name_is_refused_even_with_the_right_password()
    {
        await using var host = await StartAsync();
        using var browser = host.Browser(follow: true);
        for (var i = 0; i < 5; i++)
        {
            await SignInAsync(browser, "wrong");
        }

        Assert.Contains("锁定", await SignInAsync(browser, Password), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused()
    {
        await using var host = await StartAsync();
        using var browser = host.Browser();
        var answer = await browser.PostFormAsync("/sign-in", new("_handler", "sign-in"), new("Name", "officer"), new("Password", Password));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Fact]
    public async Task Every_answer_carries_the_content_policy_and_cookies_are_out_of_reach_of_scripts()
    {
        await using var host = await StartAsync();
        using var browser = host.Browser();
        var answer = await browser.GetAsync("/sign-in");
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task The_way_back_never_leads_to_another_host()
    {
        await using var host = await StartAsync();
        using var browser = host.Browser();
        var answer = await PostAsync(browser, "/sign-in?returnTo=%2F%2Fevil.example", "officer", Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.DoesNotContain("evil", answer.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_page_is_told_as_not_found_in_words()
    {
        await using var host = await StartAsync();
        using var browser = host.Browser();
        var answer = await browser.GetAsync("/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Contains("未找到", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Style_and_islands_are_served_for_good_under_their_fingerprint()
    {
        await using var host = await StartAsync();
        using var browser = host.Browser();
        var page = (await browser.GetAsync("/sign-in")).Text;
        var style = await browser.GetAsync(Stylesheet().Match(page).Groups[1].Value);
        Assert.Equal("text/css", style.MediaType);
        Assert.Contains("immutable", style.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var island = await browser.GetAsync(Earmark.Portal.Assets.PortalAssets.Url("js/live-rows.js"));
        Assert.Equal(HttpStatusCode.OK, island.Status);
    }

    private static async Task<PortalHost> StartAsync()
    {
        var host = await PortalHost.StartAsync(host =>
        {
            host.Grains.Place<IPortfolioGrain>(PortalHost.Bank).On(nameof(IPortfolioGrain.Views), _ => new ValueTask<FacilityView[]>([]));
            host.Register.On(nameof(IRegister.SitesAsync), _ => Task.FromResult<IReadOnlyList<SiteRow>>([]));
            host.Alarms.On(nameof(IAlarms.AlarmsAsync), _ => Task.FromResult<IReadOnlyList<AlarmRow>>([]));
            host.Alarms.On(nameof(IAlarms.CountOpenAsync), _ => Task.FromResult(0L));
        });
        await host.Identity.AddUserAsync(
            new("officer", PortalHost.Bank, Roles.BankOfficer, "Officer", Passwords.Hash(Password, rounds: 1_000), "", null), default);
        return host;
    }

    internal static async Task<string> SignInAsync(Visitor browser, string password, string name = "officer") =>
        (await PostAsync(browser, "/sign-in", name, password)).Text;

    internal static async Task<Answer> PostAsync(Visitor browser, string path, string name, string password)
    {
        var token = Token().Match((await browser.GetAsync(path)).Text).Groups[1].Value;
        return await browser.PostFormAsync(
            path, new("_handler", "sign-in"), new("__RequestVerificationToken", token), new("Name", name), new("Password", password));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("rel=\"stylesheet\" href=\"([^\"]+)\"")]
    private static partial Regex Stylesheet();
}
