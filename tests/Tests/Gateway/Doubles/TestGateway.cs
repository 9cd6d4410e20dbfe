using System.Collections.Concurrent;
using System.Net;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Gateway;
using Earmark.Gateway.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;

namespace Earmark.Tests.Gateway.Doubles;

/// <summary>The real gateway on a free port of loopback, before grains of the test's own.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _stopped;

    private TestGateway(WebApplication app) => _app = app;

    public int Port { get; private set; }

    public RegisterDouble Register { get; } = new();

    public ConcurrentDictionary<string, SiteDouble> Sites { get; } = new();

    public ConcurrentDictionary<string, TwinDouble> Twins { get; } = new();

    public SiteDouble Site => SiteOf(TestDevice.SiteId);

    /// <summary>Frames waiting for their receipts.</summary>
    public long Held => _app.Services.GetRequiredService<SiteInboxes>().Held;

    public IServiceProvider Services => _app.Services;

    public static async Task<TestGateway> StartAsync(Func<GatewayLimits, GatewayLimits>? limits = null, DoorTls? tls = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenMqtt(IPAddress.Loopback, 0, tls));
        GatewayLimits quick = new() { RefusalFlush = TimeSpan.FromMilliseconds(20), FirstRetry = TimeSpan.FromMilliseconds(20) };
        builder.Services.AddEarmarkGateway(new GatewayOptions { Limits = limits?.Invoke(quick) ?? quick });
        builder.Services.AddSingleton<DomainClock, ClockDouble>();
        TestGateway? gateway = null;
        builder.Services.AddSingleton(GrainsDouble.Of((type, key) => gateway!.Find(type, key)));
        var app = builder.Build();
        app.UseEarmarkGateway();
        gateway = new TestGateway(app);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        gateway.Port = new Uri(address).Port;
        return gateway;
    }

    public TestDevice Add(TestDevice device)
    {
        Register.Devices[device.Id] = device.Credentials;
        return device;
    }

    public SiteDouble SiteOf(string siteId) => Sites.GetOrAdd(siteId, _ => new SiteDouble());

    public TwinDouble TwinOf(string deviceId) => Twins.GetOrAdd(deviceId, _ => new TwinDouble());

    public async Task<Refusal> RefusalAsync(string reason)
    {
        await Eventually.BecomesTrueAsync(() => Register.Refusals.Any(row => row.Reason == reason), $"a refusal {reason}");
        return Register.Refusals.First(row => row.Reason == reason);
    }

    public long Refused(string reason) => Register.Refusals.Where(row => row.Reason == reason).Sum(row => row.Count);

    public async Task StopAsync()
    {
        _stopped = true;
        await _app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await _app.StopAsync();
        }
        await _app.DisposeAsync();
    }

    private object Find(Type type, string key) =>
        type == typeof(IDeviceDirectoryGrain) || type == typeof(IRefusalLogGrain) ? Register
        : typeof(ISiteGrain).IsAssignableFrom(type) ? SiteOf(key)
        : TwinOf(key);
}
