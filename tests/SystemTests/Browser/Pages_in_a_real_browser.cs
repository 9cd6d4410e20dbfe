using System.Text.RegularExpressions;
using Earmark.SystemTests.Running;
using Microsoft.Playwright;

namespace Earmark.SystemTests.Browser;

public sealed partial class Pages_in_a_real_browser(PortalInBrowser portal) : IClassFixture<PortalInBrowser>
{
    private const int Phone = 360;
    private const int Desk = 1440;

    /// <summary>One page of each kind, found by following links; a kind is an address with its ids taken out.</summary>
    private const int PagesMaximum = 60;

    [Theory]
    [InlineData(Desk, "zh-CN")]
    [InlineData(Phone, "zh-CN")]
    [InlineData(Desk, "en")]
    public async Task Every_page_opens_without_an_error_and_fits_its_screen(int width, string language)
    {
        var page = await portal.SignInAsync("bank-officer", width, language: language);
        var troubles = Listen(page);
        var seen = await CrawlAsync(page, async (kind, status) =>
        {
            var overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - window.innerWidth");
            if (overflow > 0)
            {
                troubles.Add($"{kind}: {overflow} px wider than {width}");
            }

            if (status != 200)
            {
                troubles.Add($"{kind}: {status}");
            }

            if (BareCode().Match(await page.InnerTextAsync("body")) is { Success: true } code)
            {
                troubles.Add($"{kind}: shows the code {code.Value}");
            }

            await page.ScreenshotAsync(new PageScreenshotOptions { Path = ScreenshotOf(kind, width, language), FullPage = true });
        });
        Assert.True(seen.Count >= 8, $"only {string.Join(' ', seen)}");
        Assert.True(troubles.Count == 0, string.Join(Environment.NewLine, troubles));
    }

    [Fact]
    public async Task No_page_needs_scripts_to_be_read()
    {
        var plain = await portal.SignInAsync("bank-officer", scripts: false);
        var empty = new List<string>();
        await CrawlAsync(plain, async (kind, _) =>
        {
            if (await plain.Locator("main h1").CountAsync() == 0 || (await plain.InnerTextAsync("main")).Length < 20)
            {
                empty.Add(kind);
            }
        });
        Assert.Empty(empty);
    }

    [Fact]
    public async Task A_new_price_moves_the_numbers_of_an_open_page_without_a_reload()
    {
        var page = await portal.SignInAsync("bank-officer");
        await page.GotoAsync("portfolio");
        await page.WaitForSelectorAsync("body[data-live='1']");
        var cell = page.Locator("[data-row='demo-ranch-loan'] [data-cell='eligible-value']").First;
        var before = await cell.InnerTextAsync();
        var clock = await portal.Server.GetAsync("api/v1/clock");
        var (status, body) = await portal.Server.PostAsync("api/v1/prices", new
        {
            source = "test",
            prices = new[]
            {
                new { priceClass = "beef-cattle", grade = "simmental", yuanPerKilogram = 33.5m, effectiveAt = clock["now"]!.GetValue<string>() },
                new { priceClass = "beef-cattle", grade = "angus", yuanPerKilogram = 35.5m, effectiveAt = clock["now"]!.GetValue<string>() },
            },
        });
        Assert.True(status == System.Net.HttpStatusCode.OK, body?.ToJsonString());
        await Assertions.Expect(cell).Not.ToHaveTextAsync(before, new() { Timeout = 10_000 });
    }

    [Fact]
    public async Task A_map_shows_the_route_it_was_drawn_with()
    {
        var page = await portal.SignInAsync("bank-officer");
        await page.GotoAsync("shipments/shipment-01");
        var lines = page.Locator(".leaflet-overlay-pane path");
        await Assertions.Expect(lines.First).ToBeAttachedAsync();
        var widest = await lines.EvaluateAllAsync<double>("paths => Math.max(...paths.map(path => path.getBoundingClientRect().width))");
        Assert.True(widest > 100, $"the widest line is {widest} px");
    }

    [Theory]
    [InlineData("ranch-operator")]
    [InlineData("warehouse-operator")]
    [InlineData("fleet-operator")]
    [InlineData("borrower")]
    public async Task Every_role_finds_its_pages_and_no_dead_link(string role)
    {
        var page = await portal.SignInAsync(role, Phone);
        var dead = new List<string>();
        await CrawlAsync(page, (kind, status) =>
        {
            if (status != 200)
            {
                dead.Add($"{kind}: {status}");
            }

            return Task.CompletedTask;
        });
        Assert.Empty(dead);
    }

    private static async Task<List<string>> CrawlAsync(IPage page, Func<string, int, Task> look)
    {
        var seen = new List<string>();
        var waiting = new Queue<string>(["/"]);
        while (waiting.TryDequeue(out var address) && seen.Count < PagesMaximum)
        {
            var kind = KindOf(address);
            if (seen.Contains(kind))
            {
                continue;
            }

            seen.Add(kind);
            var answer = await page.GotoAsync(address);
            await look(kind, answer!.Status);
            // Asked of the page's structure rather than by a script: it works where scripts are switched off too.
            foreach (var link in await page.Locator("a[href]").AllAsync())
            {
                var target = (await link.GetAttributeAsync("href"))!;
                if (target.StartsWith('/') && !target.Contains("culture=", StringComparison.Ordinal) && !target.Contains('#', StringComparison.Ordinal)
                    && !seen.Contains(KindOf(target)))
                {
                    waiting.Enqueue(target);
                }
            }
        }

        return seen;
    }

    private static List<string> Listen(IPage page)
    {
        var troubles = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                troubles.Add($"{page.Url}: {message.Text}");
            }
        };
        page.PageError += (_, error) => troubles.Add($"{page.Url}: {error}");
        return troubles;
    }

    // /ranches/demo-ranch?pen=x → /ranches/*
    private static string KindOf(string address)
    {
        var parts = address.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        return "/" + string.Join('/', parts.Select((part, index) => index % 2 == 0 ? part : "*"));
    }

    private static string ScreenshotOf(string kind, int width, string language)
    {
        var folder = Path.Combine(Checkout.Root, "TestResults", "screens");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $"{(kind == "/" ? "today" : kind.Trim('/').Replace('/', '_').Replace("*", "one", StringComparison.Ordinal))}-{width}-{language}.png");
    }

    /// <summary>A code that has no word shows as its key.</summary>
    [GeneratedRegex(@"\b(state|line|cover|call|alarm|severity|kind|site|asset|role|connection|cause|clock|reason|tally|fact)\.[a-z][a-z-]+\b")]
    private static partial Regex BareCode();
}
