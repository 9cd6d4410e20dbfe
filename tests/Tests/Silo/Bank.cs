using Earmark.Contracts.Time;
using Earmark.Silo;
using Earmark.Storage;
using Earmark.Tests.Portal.Hosting;
using Earmark.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;
using Xunit;

namespace Earmark.Tests.Silo;

/// <summary>A silo in process on real SQLite stores, with a clock the test sets. <see cref="RestartAsync"/> is a new process on the same data.</summary>
public sealed class Bank : IAsyncDisposable
{
    public const string Institution = "demo-bank";

    private readonly TemporaryFolder folder = new();
    private readonly Action<IServiceCollection>? configure;
    private InProcessTestCluster cluster = null!;

    private Bank(Action<IServiceCollection>? configure) => this.configure = configure;

    public SetClock Clock { get; } = new();

    public string Folder => folder.Path;

    public IGrainFactory Grains => cluster.Client;

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<Bank> OpenAsync(Action<IServiceCollection>? configure = null)
    {
        var bank = new Bank(configure);
        await bank.StartAsync();
        await bank.Service<Earmark.Storage.Book.IRegister>()
            .AddInstitutionAsync(new Earmark.Storage.Book.InstitutionRow(Institution, "Demo Bank", "Asia/Shanghai"), Cancel);
        return bank;
    }

    public T Service<T>()
        where T : notnull => cluster.Silos[0].ServiceProvider.GetRequiredService<T>();

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    private async Task StartAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddEarmarkStorage(new StorageOptions { DataFolder = folder.Path });
            silo.Services.AddSingleton<DomainClock>(Clock);
            silo.AddEarmarkSilo(new SiloOptions { DataFolder = folder.Path, RunsByItself = false });
            configure?.Invoke(silo.Services);
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    private async Task StopAsync()
    {
        await cluster.StopAllSilosAsync();
        await cluster.DisposeAsync();
    }
}
