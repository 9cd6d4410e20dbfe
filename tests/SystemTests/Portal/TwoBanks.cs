using Earmark.Portal.Identity;
using Earmark.Storage;
using Earmark.Storage.Book;
using Earmark.SystemTests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Earmark.SystemTests.Portal;

/// <summary>The demo's bank and another one in the same Book, put there while Earmark was stopped; the other has a key and owns nothing.</summary>
public sealed class TwoBanks : IAsyncLifetime
{
    internal EarmarkServer Earmark { get; private set; } = null!;

    internal string OtherKey { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", "5");
        Assert.Equal(0, await Earmark.InterruptAsync());
        await using (var services = new ServiceCollection().AddLogging()
            .AddEarmarkStorage(new StorageOptions { DataFolder = Earmark.DataFolder }).BuildServiceProvider())
        {
            await services.GetRequiredService<IRegister>().AddInstitutionAsync(new InstitutionRow("other-bank", "Other Bank", "Asia/Shanghai"), default);
            OtherKey = await ApiKeys.CreateAsync(
                services.GetRequiredService<IIdentity>(), "other-bank", Roles.Admin, "other", siteIds: "", borrowerId: null, default);
        }

        await Earmark.StartAgainAsync();
    }

    public ValueTask DisposeAsync() => Earmark.DisposeAsync();
}
