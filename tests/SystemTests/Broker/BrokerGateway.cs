using System.Collections.Concurrent;
using Earmark.Contracts.Devices;
using Earmark.Contracts.Sites;
using Earmark.Contracts.Time;
using Earmark.Gateway;
using Earmark.Gateway.Broker;
using Earmark.Tests.Gateway.Doubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Earmark.SystemTests.Broker;

/// <summary>A gateway in this process that is a client of a broker, before grains of the test's own.</summary>
internal sealed class BrokerGateway : IAsyncDisposable
{
    private readonly IHost host;

    private BrokerGateway(BrokerOptions broker, BrokerBank bank)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddEarmarkGateway(new GatewayOptions
        {
            Limits = new() { FirstRetry = TimeSpan.FromMilliseconds(20), LongestRetry = TimeSpan.FromMilliseconds(100), FramesPerInbox = bank.FramesPerInbox },
        });
        builder.Services.AddEarmarkBroker(broker);
        builder.Services.AddSingleton<DomainClock, ClockDouble>();
        builder.Services.AddSingleton(GrainsDouble.Of(bank.Find));
        host = builder.Build();
    }

    public static async Task<BrokerGateway> StartAsync(BrokerOptions broker, BrokerBank bank)
    {
        BrokerGateway gateway = new(broker, bank);
        await gateway.host.StartAsync();
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
    }
}

/// <summary>The register and the sites behind one or more gateways.</summary>
internal sealed class BrokerBank
{
    private readonly ConcurrentDictionary<string, TwinDouble> twins = new();

    public RegisterDouble Register { get; init; } = new();

    public ConcurrentDictionary<string, SiteDouble> Sites { get; } = new();

    public int FramesPerInbox { get; init; } = new GatewayLimits().FramesPerInbox;

    public SiteDouble Site(string id) => Sites.GetOrAdd(id, _ => new SiteDouble());

    public object Find(Type type, string key) =>
        type == typeof(IDeviceDirectoryGrain) || type == typeof(IRefusalLogGrain) ? Register
        : typeof(ISiteGrain).IsAssignableFrom(type) ? Site(key)
        : twins.GetOrAdd(key, _ => new TwinDouble());
}
