using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.Storage.History;
using Earmark.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Earmark.Tests.Storage;

public sealed class StorageServicesTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Starting_the_host_makes_three_files_and_a_second_start_finds_what_the_first_left()
    {
        using var folder = new TemporaryFolder();
        await Run(folder.Path, services => services.GetRequiredService<IRegister>().AddInstitutionAsync(new InstitutionRow("demo-bank", "Demo", "Asia/Shanghai"), Cancel));
        Assert.All(["journal.db", "book.db", "history.db"], name => Assert.True(File.Exists(Path.Combine(folder.Path, name)), name));
        await Run(folder.Path, async services => Assert.Single(await services.GetRequiredService<IRegister>().InstitutionsAsync(Cancel)));
    }

    [Fact]
    public void Every_store_is_there()
    {
        using var folder = new TemporaryFolder();
        using var services = new ServiceCollection().AddEarmarkStorage(new StorageOptions { DataFolder = folder.Path }).BuildServiceProvider();
        Assert.All(
            [typeof(IJournal), typeof(IHistory), typeof(IRegister), typeof(ILendingBook), typeof(ILedger), typeof(IPrices), typeof(IAlarms), typeof(IIdentity), typeof(IOutbox)],
            store => Assert.NotNull(services.GetRequiredService(store)));
    }

    [Fact]
    public async Task A_file_that_can_not_be_opened_stops_the_start()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "book.db"));
        await Assert.ThrowsAnyAsync<Exception>(() => Run(folder.Path, _ => Task.CompletedTask));
    }

    private static async Task Run(string folder, Func<IServiceProvider, Task> use)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEarmarkStorage(new StorageOptions { DataFolder = folder });
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        await use(host.Services);
        await host.StopAsync(Cancel);
    }
}
