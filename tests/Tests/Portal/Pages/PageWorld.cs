using System.Net;
using System.Text.RegularExpressions;
using Earmark.Contracts.Lending;
using Earmark.Contracts.Sites;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Tests.Portal.Hosting;
using Xunit;

namespace Earmark.Tests.Portal.Pages;

/// <summary>The portal over the sample world, with a browser signed in as whoever a test wants.</summary>
internal sealed partial class PageWorld(PortalHost host) : IAsyncDisposable
{
    private const string Password = "right-horse";

    public PortalHost Host => host;

    public Scripted<IRanchGrain> Ranch { get; private set; } = null!;

    /// <param name="more">Answers a page needs beyond the sites and assets.</param>
    public static async Task<PageWorld> StartAsync(Action<PortalHost>? more = null)
    {
        Scripted<IRanchGrain> ranch = null!;
        var host = await PortalHost.StartAsync(portal =>
        {
            ScriptBook(portal);
            ranch = portal.Grains.Place<IRanchGrain>(Samples.Ranch)
                .Gives(nameof(ISiteGrain.Summary), Samples.RanchSummary())
                .Gives(nameof(ISiteGrain.Assets), new AssetPage(1, [Samples.CowLine()]))
                .Gives(nameof(ISiteGrain.Asset), (AssetDetail?)Samples.CowDetail());
            more?.Invoke(portal);
        });
        return new PageWorld(host) { Ranch = ranch };
    }

    /// <summary>A browser of a person of that role; an operator sees the sites named.</summary>
    public async Task<Visitor> SignInAsync(
        string role, string siteIds = "", string? borrowerId = null, string institution = PortalHost.Bank, string language = "en")
    {
        var name = "p-" + Guid.NewGuid().ToString("N")[..12];
        await host.Identity.AddUserAsync(new UserRow(name, institution, role, name, Passwords.Hash(Password, rounds: 1_000), siteIds, borrowerId), default);
        var browser = host.Browser();
        var form = await browser.GetAsync("/sign-in?culture=" + language);
        var answer = await browser.PostFormAsync(
            "/sign-in",
            new("_handler", "sign-in"),
            new("__RequestVerificationToken", Token(form.Text)),
            new("Name", name),
            new("Password", Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return browser;
    }

    public static string Token(string page) => TokenField().Match(page).Groups[1].Value;

    /// <summary>The value of a hidden or visible input of a page.</summary>
    public static string Field(string page, string name) =>
        Regex.Match(page, $"name=\"{name}\"[^>]*value=\"([^\"]*)\"").Groups[1].Value is { Length: > 0 } after
            ? after
            : Regex.Match(page, $"value=\"([^\"]*)\"[^>]*name=\"{name}\"").Groups[1].Value;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static void ScriptBook(PortalHost portal)
    {
        portal.Register
            .On(nameof(IRegister.SitesAsync), asked => Task.FromResult<IReadOnlyList<SiteRow>>([.. Samples.Sites.Where(site => site.InstitutionId == (string)asked[0]!)]))
            .On(nameof(IRegister.SiteAsync), asked => Task.FromResult(Array.Find(Samples.Sites, site => site.SiteId == (string)asked[0]!)))
            .On(nameof(IRegister.AssetAsync), asked => Task.FromResult((string)asked[0]! == Samples.Cow ? Samples.CowRow : null))
            .On(nameof(IRegister.BindingsOfAssetAsync), _ => Task.FromResult<IReadOnlyList<BindingRow>>(
                [new(Samples.Cow, Samples.Tag, Samples.Now.AddDays(-90), null, "declared")]));
        portal.Lending
            .On(nameof(ILendingBook.ActivePledgeAsync), _ => Task.FromResult<PledgeRow?>(
                new(Samples.Cow, Samples.Facility, Samples.Ranch, "ZDW-0001", Samples.Now.AddDays(-80), null)))
            .On(nameof(ILendingBook.FacilityAsync), asked => Task.FromResult<FacilityState?>((string)asked[0]! == Samples.Facility
                ? new FacilityState(Samples.FacilityRow, [], [], null, new Dictionary<string, long>())
                : null));
        portal.Prices.On(nameof(IPrices.CurrentAsync), _ => Task.FromResult<(long, IReadOnlyList<PriceRow>)>((7, [Samples.BeefPrice])));
        portal.Grains.Place<IPortfolioGrain>(PortalHost.Bank).Gives(nameof(IPortfolioGrain.Views), Array.Empty<FacilityView>());
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();
}
