using Earmark.SystemTests.Running;
using Microsoft.Playwright;

namespace Earmark.SystemTests.Browser;

/// <summary>A real Earmark and a real Chromium for the tests of one class; the clock is stepped, so nothing moves by itself.</summary>
public sealed class PortalInBrowser : IAsyncLifetime
{
    private const string Chromium = "/usr/bin/chromium";
    private IPlaywright? playwright;
    private IBrowser? browser;

    internal EarmarkServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Chromium), $"{Chromium} is missing; test.sh installs it.");
        Server = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", "200");
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
    }

    /// <summary>A browser of its own (cookies, language), signed in as the demo user of a role.</summary>
    public async Task<IPage> SignInAsync(string role, int width = 1440, bool scripts = true, string language = "zh-CN")
    {
        var context = await browser!.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Server.Address.ToString(),
            ViewportSize = new ViewportSize { Width = width, Height = width < 500 ? 740 : 900 },
            JavaScriptEnabled = scripts,
            Locale = language,
        });
        var page = await context.NewPageAsync();
        await page.GotoAsync("sign-in");
        await page.FillAsync("#name", role);
        await page.FillAsync("#password", PasswordOf(role));
        await page.ClickAsync("main button");
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        return page;
    }

    // Printed once at the first start: "    bank-officer rm8a-33ys-p75k  bank-officer".
    private string PasswordOf(string role) => Server.Output.Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .First(words => words is [var name, _, ..] && name == role && words[1].Count(letter => letter == '-') == 2)[1];

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }
    }
}
