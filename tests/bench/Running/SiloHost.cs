using System.Net;
using System.Net.Sockets;
using Earmark.Contracts.Time;
using Earmark.Host.Running;
using Earmark.Silo;
using Earmark.Storage;
using Earmark.Storage.Book;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SiloOptions = Earmark.Silo.SiloOptions;

namespace Earmark.Bench.Running;

/// <summary>Stores and silo as <c>earmark run</c> composes them, in this process, without gateway and portal: for what is read off the heap.</summary>
internal sealed class SiloHost : IAsyncDisposable
{
    private readonly IHost host;
    private readonly string folder;

    private SiloHost(IHost host, string folder) => (this.host, this.folder) = (host, folder);

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<SiloHost> StartAsync(string institutionId)
    {
        var folder = Directory.CreateTempSubdirectory("earmark-bench-").FullName;
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<DomainClock>(_ => FolderClock.Open(folder, ClockMode.Real, null, TimeProvider.System));
        builder.Services.AddEarmarkStorage(new StorageOptions { DataFolder = folder });
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(FreePort(), gatewayPort: 0, primarySiloEndpoint: null, SiloHosting.ServiceId, SiloHosting.ServiceId)
            .AddEarmarkSilo(new SiloOptions { DataFolder = folder }));
        var host = builder.Build();
        await host.StartAsync();
        await host.Services.GetRequiredService<IRegister>().AddInstitutionAsync(new InstitutionRow(institutionId, institutionId, "Asia/Shanghai"), CancellationToken.None);
        return new SiloHost(host, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
