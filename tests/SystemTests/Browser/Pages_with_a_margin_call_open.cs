using System.Text.RegularExpressions;
using Earmark.Portal.Identity;
using Earmark.SystemTests.Running;
using Microsoft.Playwright;
using MQTTnet;

namespace Earmark.SystemTests.Browser;

/// <summary>
/// Eighty cattle lie dead and a margin call is open: who decides about it opens every page there is a link to, in English on a phone, with
/// scripts and without. The pictures are left in TestResults/screenshots.
/// </summary>
public sealed partial class Pages_with_a_margin_call_open(PortalInBrowser portal) : IClassFixture<PortalInBrowser>
{
    private const string Language = "en";
    private const int Phone = 360;
    private const int Cattle = 200;
    private const int Dead = 80;
    private static readonly string Pictures = Path.Combine(Checkout.Root, "TestResults", "screenshots");

    /// <summary>What a bank must come to by links alone; a star stands for a name.</summary>
    private static readonly string[] Needed =
    [
        "/", "/portfolio", "/shortfalls", "/shortfalls/*", "/sites", "/ranches/*", "/warehouses/*", "/fleets/*",
        "/animals/*", "/lots/*", "/shipments/*", "/facilities/*", "/facilities/*/assets",
    ];

    [Fact]
    public async Task Say_the_same_with_scripts_and_without_and_fit_a_phone_and_a_number_changes_by_itself()
    {
        Directory.CreateDirectory(Pictures);
        for (var round = 0; round < 3; round++)
        {
            await HearHerd(dead: 0);
            await portal.Server.StepAsync(TimeSpan.FromMinutes(5));
        }

        await HearHerd(Dead);
        await portal.Server.StepAsync(TimeSpan.FromMinutes(1));
        await Crawl();
        await WatchANumber();
    }

    private async Task Crawl()
    {
        var page = await portal.SignInAsync(Roles.BankApprover, Phone, scripts: true, Language);
        var plain = await portal.SignInAsync(Roles.BankApprover, Phone, scripts: false, Language);
        var troubles = new List<string>();
        page.Console += (_, message) => Note(troubles, message.Type == "error", $"{page.Url}: {message.Text}");
        page.PageError += (_, error) => troubles.Add($"{page.Url}: {error}");
        var seen = await CrawlAsync(page, async path =>
        {
            await Read(page, path, troubles);
            var withScripts = await Substance(page);
            await Open(plain, path, troubles);
            var without = await Substance(plain);
            Note(troubles, without == 0 || without != withScripts, $"{path}: {without} rows and figures without scripts, {withScripts} with");
        });
        Assert.True(troubles.Count == 0, string.Join(Environment.NewLine, troubles.Distinct()));
        Assert.Empty(Needed.Except(seen.Select(Shape)));
        await page.Context.CloseAsync();
        await plain.Context.CloseAsync();
    }

    private async Task WatchANumber()
    {
        var page = await portal.SignInAsync(Roles.BankOfficer, Phone);
        await page.GotoAsync("/portfolio");
        await page.WaitForSelectorAsync("body[data-live='1']", new() { Timeout = 20_000 });
        var cell = page.Locator("[data-row=demo-ranch-loan] [data-cell=eligible-value]").First;
        var before = await cell.InnerTextAsync();
        await portal.Server.StepAsync(TimeSpan.FromMinutes(5));
        await HearHerd(Dead + 20);
        await Assertions.Expect(cell).Not.ToHaveTextAsync(before, new() { Timeout = 60_000 });
        await page.Context.CloseAsync();
    }

    /// <summary>Every animal is heard by the first station; some lie dead.</summary>
    private async Task HearHerd(int dead)
    {
        var now = (await portal.Server.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
        await using var station = new Device(portal.Server.Device("bs-01"), portal.Server.MqttPort) { Sequence = (uint)now.ToUnixTimeSeconds() };
        await station.ConnectAsync();
        var round = Herd.Round(1, Enumerable.Range(dead + 1, Cattle - dead), Enumerable.Range(1, dead));
        var answer = await station.SendAsync(now, "base-station", round);
        Assert.True(answer.ReasonCode == MqttClientPublishReasonCode.Success, answer.ReasonString);
    }

    /// <summary>Every link from the front page on, one of a kind; answers the paths.</summary>
    private static async Task<List<string>> CrawlAsync(IPage page, Func<string, Task> visit)
    {
        var seen = new List<string>();
        var ahead = new Queue<string>(["/"]);
        while (ahead.TryDequeue(out var path))
        {
            var shape = Shape(path);
            if (seen.Contains(path) || seen.Exists(other => Shape(other) == shape))
            {
                continue;
            }

            seen.Add(path);
            await visit(path);
            foreach (var link in await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href^=\"/\"]')].map(a => a.pathname)"))
            {
                if (link != "/not-found")
                {
                    ahead.Enqueue(link);
                }
            }
        }

        return seen;
    }

    private static async Task Read(IPage page, string path, List<string> troubles)
    {
        var where = path;
        await Open(page, path, troubles);
        Note(troubles, await page.Locator("h1").CountAsync() != 1, $"{where}: not one h1");
        Note(troubles, await page.GetAttributeAsync("html", "lang") != Language, $"{where}: not in its language");
        var menu = await page.InnerTextAsync("nav.main");
        Note(troubles, Chinese().IsMatch(menu), $"{where}: the menu says {menu}");
        var width = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        Note(troubles, width > Phone, $"{where}: {width} px wide on a phone of {Phone}");
        var name = $"call{path.Replace('/', '-')}-{Language}-{Phone}.png";
        await page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, name), FullPage = true });
    }

    private static async Task Open(IPage page, string path, List<string> troubles)
    {
        var answer = await page.GotoAsync($"{path}?culture={Language}", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        Note(troubles, answer?.Status != 200, $"{path}: answered {answer?.Status}");
    }

    private static Task<int> Substance(IPage page) => page.Locator("main tbody tr, main dl dt, main .empty, main form label").CountAsync();

    private static void Note(List<string> troubles, bool isTrouble, string what)
    {
        if (isTrouble)
        {
            troubles.Add(what);
        }
    }

    /// <summary>The path with names of sites, assets, devices and so on as a star.</summary>
    private static string Shape(string path) =>
        "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select((part, index) => index % 2 == 0 ? part : "*"));

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Chinese();
}
