using Earmark.Contracts.Devices;
using Earmark.Contracts.Market;
using Earmark.Contracts.Time;
using Earmark.Host.Running;
using Earmark.Portal.Identity;
using Earmark.Storage.Book;

namespace Earmark.Host.Demo;

/// <summary>
/// Makes the demo once: a bank, three sites with their devices, three facilities with loans. Every step has an id of its own and
/// may be repeated, so a start that was killed half way goes on where it was.
/// </summary>
internal static class DemoHouse
{
    public static async Task<DemoState> PrepareAsync(
        IServiceProvider services, RunOptions options, DomainClock clock, Action<string> say, CancellationToken cancel)
    {
        var files = new DemoFiles(options.DataFolder);
        if (files.IsSeeded)
        {
            return new DemoState([], files.KnownUsers());
        }

        say($"Preparing the demo: a ranch with {options.Cattle:N0} cattle, a warehouse, a fleet, three facilities …");
        var identity = services.GetRequiredService<IIdentity>();
        await services.GetRequiredService<IRegister>().AddInstitutionAsync(new InstitutionRow(DemoCast.Bank, DemoCast.BankName, "Asia/Shanghai"), cancel);
        var grains = services.GetRequiredService<IGrainFactory>();
        var people = new DemoRegistrar(grains.GetGrain<IRegistrarGrain>(DemoCast.Bank), files);
        var now = clock.GetUtcNow();

        var devices = new List<DeviceFileEntry>();
        devices.AddRange(await DemoRanch.SettleAsync(people, options.Cattle, now));
        say("  ranch ready");
        devices.AddRange(await DemoWarehouse.SettleAsync(people, now));
        say("  warehouse ready");
        devices.AddRange(await DemoFleet.SettleAsync(people, now));
        say("  fleet ready");

        var posted = await grains.GetGrain<IMarketGrain>(DemoCast.Bank).Post(new PricePosting("demo-prices", DemoCast.By, "demo", DemoCast.Prices(now)));
        DemoRegistrar.Require(posted, "prices");
        files.WriteDevices(devices);
        await OpeningCount.TakeAsync(files.DevicesPath, options.MqttHost, options.MqttPort, clock.GetUtcNow(), cancel);
        say("  opening count taken");
        await DemoLending.OpenAsync(grains, options.Cattle, clock, say, cancel);

        var scope = new DemoScope(DemoCast.Ranch, DemoCast.Warehouse, DemoCast.Fleet, DemoCast.RanchBorrower, DemoCast.Ranch);
        var users = await DemoUsers.CreateAsync(identity, DemoCast.Bank, scope, cancel);
        files.WriteKeys(await ApiKeys.CreateDemoAsync(identity, DemoCast.Bank, scope, cancel));
        var state = new DemoState([.. users.Select(u => (u.UserName, u.Role, u.Password))], [.. users.Select(u => u.UserName)]);
        files.Finish(state);
        return state;
    }
}
