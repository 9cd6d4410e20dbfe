using System.Net.Http.Headers;
using Earmark.Contracts.Time;
using Earmark.Portal;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Storage.Journal;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Earmark.Tests.Portal.Hosting;

/// <summary>The real portal on a real Kestrel and a free port; behind it grains and stores a test has scripted.</summary>
public sealed class PortalHost : IAsyncDisposable
{
    public const string Bank = "demo-bank";
    public const string OtherBank = "other-bank";

    private WebApplication? app;

    public ScriptedGrains Grains { get; } = new();

    public MemoryIdentity Identity { get; private init; } = new();

    public Scripted<IRegister> Register { get; } = Scripted.Of<IRegister>();

    public Scripted<ILendingBook> Lending { get; } = Scripted.Of<ILendingBook>();

    public Scripted<IAlarms> Alarms { get; } = Scripted.Of<IAlarms>();

    public Scripted<IPrices> Prices { get; } = Scripted.Of<IPrices>();

    public Scripted<IProducts> Products { get; } = Scripted.Of<IProducts>();

    public Scripted<ILedger> Ledger { get; } = Scripted.Of<ILedger>();

    public Scripted<ILedgerSeals> Seals { get; } = Scripted.Of<ILedgerSeals>();

    public Scripted<IJournal> Journal { get; } = Scripted.Of<IJournal>();

    public Scripted<IHistory> History { get; } = Scripted.Of<IHistory>();

    public SetClock Clock { get; } = new();

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public IServiceProvider Services => app!.Services;

    public WebApplication App => app!;

    public static async Task<PortalHost> StartAsync(Action<PortalHost>? script = null, MemoryIdentity? identity = null)
    {
        var host = new PortalHost { Identity = identity ?? new MemoryIdentity() };
        script?.Invoke(host);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services
            .AddSingleton<IGrainFactory>(host.Grains)
            .AddSingleton<IIdentity>(host.Identity)
            .AddSingleton(host.Register.Object)
            .AddSingleton(host.Lending.Object)
            .AddSingleton(host.Alarms.Object)
            .AddSingleton(host.Prices.Object)
            .AddSingleton(host.Seals.Object)
            .AddSingleton(host.Products.Object)
            .AddSingleton(host.Ledger.Object)
            .AddSingleton(host.Journal.Object)
            .AddSingleton(host.History.Object)
            .AddSingleton<DomainClock>(host.Clock)
            .AddEarmarkPortal(new PortalOptions { DemoMode = true, SecureCookies = false });
        host.app = builder.Build();
        host.app.MapEarmarkPortal();
        await host.app.StartAsync();
        host.Address = new Uri(host.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return host;
    }

    /// <summary>A client of the API with a key of that role.</summary>
    public async Task<Visitor> KeyAsync(string role, string institution = Bank, string siteIds = "", string? borrowerId = null)
    {
        var client = new HttpClient { BaseAddress = Address };
        var key = await ApiKeys.CreateAsync(Identity, institution, role, "key-" + role, siteIds, borrowerId, default);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return new Visitor(client);
    }

    /// <summary>A browser without scripts: cookies, no redirects followed.</summary>
    public Visitor Browser(bool follow = false) =>
        new(new HttpClient(new HttpClientHandler { AllowAutoRedirect = follow, UseCookies = true }) { BaseAddress = Address });

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }
    }
}
