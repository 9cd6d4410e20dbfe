using Earmark.Contracts.Devices;
using Earmark.Silo.Devices;
using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Silo.Devices;

public sealed class DeviceTwinTests
{
    private const string Tag = "900000000000001";

    [Fact]
    public void Each_kind_of_device_has_a_twin_of_its_own()
    {
        string[] twins = [.. typeof(DeviceGrain).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DeviceGrain))).Select(type => type.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(["BaseStationGrain", "EarTagGrain", "GpsNodeGrain", "TmrFeederGrain", "WarehouseScaleGrain"], twins);
    }

    [Fact]
    public async Task An_ear_tag_brings_back_only_the_animal_it_is_bound_to_and_only_in_service()
    {
        await using var bank = await OpenAsync();
        var tag = bank.Grains.GetGrain<IEarTagGrain>(Tag);
        Assert.True((await tag.Decide(Asks("1", "dead-presumed"))).Accepted);
        Assert.True((await tag.Decide(Asks("2", "revived"))).Accepted);
        Assert.Equal("not-bound-to-asset", (await tag.Decide(Asks("3", "revived", asset: "cow-2"))).Reason);
        Assert.Equal("of-another-site", (await tag.Decide(Asks("4", "found", site: "ranch-2"))).Reason);
        Assert.Equal("unknown-transition", (await tag.Decide(Asks("5", "promoted"))).Reason);

        await tag.Act(new DeviceAct("a-1", "take-out-of-service", "operator", "battery"));
        Assert.Equal("out-of-service", (await tag.Decide(Asks("6", "found"))).Reason);
        Assert.False((await bank.Service<IRegister>().DeviceAsync(Tag, Bank.Cancel))!.InService);
        await tag.Act(new DeviceAct("a-2", "put-in-service", "operator", ""));
        Assert.True((await tag.Decide(Asks("7", "tampered"))).Accepted);
        Assert.Equal("tampered", (await tag.Decide(Asks("8", "found"))).Reason);
        await tag.Act(new DeviceAct("a-3", "clear-tamper", "operator", ""));
        Assert.True((await tag.Decide(Asks("9", "found"))).Accepted);
    }

    [Fact]
    public async Task A_tag_that_moved_to_another_animal_speaks_for_that_one()
    {
        await using var bank = await OpenAsync();
        var tag = bank.Grains.GetGrain<IEarTagGrain>(Tag);
        Assert.Equal("cow-1", (await tag.Describe())!.AssetId);
        await Bind(bank, "cow-2", Tag);
        Assert.Equal("not-bound-to-asset", (await tag.Decide(Asks("1", "found"))).Reason);
        Assert.True((await tag.Decide(Asks("2", "found", asset: "cow-2"))).Accepted);
    }

    [Fact]
    public async Task The_same_transition_is_answered_alike_however_often_it_is_asked()
    {
        await using var bank = await OpenAsync();
        var tag = bank.Grains.GetGrain<IEarTagGrain>(Tag);
        var first = await tag.Decide(Asks("1", "found"));
        await tag.Act(new DeviceAct("a-1", "take-out-of-service", "operator", ""));
        Assert.Equal(first, await tag.Decide(Asks("1", "found")));
        Assert.Single((await tag.Describe())!.Events, happened => happened.What == "found");
    }

    [Fact]
    public async Task A_twin_remembers_its_answers_and_its_connection_through_a_restart()
    {
        await using var bank = await OpenAsync();
        var tag = bank.Grains.GetGrain<IEarTagGrain>(Tag);
        await tag.ConnectionChanged(new ConnectionChange(ConnectionState.Online, bank.Clock.GetUtcNow(), null, null));
        await tag.Act(new DeviceAct("a-1", "note", "operator", ""));
        var first = await tag.Decide(Asks("1", "tampered"));
        await bank.RestartAsync();
        tag = bank.Grains.GetGrain<IEarTagGrain>(Tag);
        Assert.Equal(first, await tag.Decide(Asks("1", "tampered")));
        var twin = (await tag.Describe())!;
        Assert.True(twin.Tampered);
        Assert.Equal(ConnectionState.Online, twin.Connection);
        Assert.Equal(first.Version, twin.Version);
    }

    [Fact]
    public async Task Only_the_last_events_are_kept()
    {
        await using var bank = await OpenAsync();
        var tag = bank.Grains.GetGrain<IEarTagGrain>(Tag);
        for (var act = 0; act < DeviceMemory.MaximumEvents + 5; act++)
        {
            await tag.Act(new DeviceAct($"a-{act}", "note", "operator", $"{act}"));
        }

        var events = (await tag.Describe())!.Events;
        Assert.Equal(DeviceMemory.MaximumEvents, events.Length);
        Assert.Equal($"{DeviceMemory.MaximumEvents + 4}", events[^1].Detail);
    }

    [Fact]
    public async Task A_broken_seal_stays_broken_until_a_person_resealed_it()
    {
        await using var bank = await OpenAsync();
        var node = bank.Grains.GetGrain<IGpsNodeGrain>("node-1");
        Assert.True((await node.Decide(Asks("1", "seal-broken", "shipment-1"))).Accepted);
        Assert.True((await node.Describe())!.Tampered);
        Assert.Equal("tampered", (await node.Decide(Asks("2", "back-on-corridor", "shipment-1"))).Reason);
        await node.Act(new DeviceAct("a-1", "clear-tamper", "dispatcher", "new seal 77"));
        Assert.True((await node.Decide(Asks("3", "back-on-corridor", "shipment-1"))).Accepted);
    }

    [Fact]
    public async Task A_scale_past_its_calibration_raises_nothing()
    {
        await using var bank = await OpenAsync();
        var scale = bank.Grains.GetGrain<IWarehouseScaleGrain>("scale-1");
        Assert.True((await scale.Decide(Asks("1", "reweighed", "lot-1"))).Accepted);
        var today = DateOnly.FromDateTime(bank.Clock.GetUtcNow().UtcDateTime);
        await scale.Act(new DeviceAct("a-1", "calibrate", "operator", today.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True((await scale.Decide(Asks("2", "reweighed", "lot-1"))).Accepted);
        bank.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("calibration-expired", (await scale.Decide(Asks("3", "reweighed", "lot-1"))).Reason);
        await Assert.ThrowsAsync<ArgumentException>(async () => await scale.Act(new DeviceAct("a-2", "calibrate", "operator", "tomorrow")));
    }

    [Fact]
    public async Task A_feeder_that_delivers_more_than_it_loaded_is_not_believed_until_cleared()
    {
        await using var bank = await OpenAsync();
        var feeder = bank.Grains.GetGrain<ITmrFeederGrain>("feeder-1");
        Assert.True((await feeder.Decide(Asks("1", "mass-imbalance"))).Accepted);
        Assert.Equal("tampered", (await feeder.Decide(Asks("2", "heard"))).Reason);
        await feeder.Act(new DeviceAct("a-1", "clear-tamper", "operator", "load cell replaced"));
        Assert.True((await feeder.Decide(Asks("3", "heard"))).Accepted);
    }

    [Fact]
    public async Task A_station_falls_silent_and_is_heard_again_only_in_service()
    {
        await using var bank = await OpenAsync();
        var station = bank.Grains.GetGrain<IBaseStationGrain>("station-1");
        await station.Decide(Asks("1", "silent"));
        Assert.Equal(ConnectionState.Silent, (await station.Describe())!.Connection);
        await station.Act(new DeviceAct("a-1", "take-out-of-service", "operator", ""));
        Assert.Equal("out-of-service", (await station.Decide(Asks("2", "heard"))).Reason);
        Assert.Equal("unknown-transition", (await station.Decide(Asks("3", "found"))).Reason);
    }

    [Fact]
    public async Task Of_two_gateways_the_later_word_about_a_connection_holds()
    {
        await using var bank = await OpenAsync();
        var station = bank.Grains.GetGrain<IBaseStationGrain>("station-1");
        var now = bank.Clock.GetUtcNow();
        await station.ConnectionChanged(new ConnectionChange(ConnectionState.Online, now, "10.0.0.7", null));
        await station.ConnectionChanged(new ConnectionChange(ConnectionState.Silent, now.AddSeconds(-1), null, "old session"));
        Assert.Equal(ConnectionState.Online, (await station.Describe())!.Connection);
    }

    [Fact]
    public async Task What_is_not_registered_has_no_twin()
    {
        await using var bank = await OpenAsync();
        Assert.Null(await bank.Grains.GetGrain<IEarTagGrain>("900000000000099").Describe());
        Assert.Null(await bank.Grains.GetGrain<IGpsNodeGrain>(Tag).Describe());
        Assert.Equal("not-registered", (await bank.Grains.GetGrain<IEarTagGrain>("900000000000099").Decide(Asks("1", "found"))).Reason);
        Assert.Null(await bank.Grains.GetGrain<IDeviceDirectoryGrain>(0).Find("nobody"));
    }

    private static AssetTransition Asks(string id, string transition, string asset = "cow-1", string site = "ranch-1") =>
        new(id, site, asset, transition, DateTimeOffset.UnixEpoch, "test");

    private static async Task<Bank> OpenAsync()
    {
        var bank = await Bank.OpenAsync();
        var register = bank.Service<IRegister>();
        await register.AddSiteAsync(new SiteRow("ranch-1", Bank.Institution, 1, "Ranch", "pen-1", null, null), Bank.Cancel);
        (string Id, string Kind)[] devices =
            [(Tag, "ear-tag"), ("station-1", "base-station"), ("feeder-1", "tmr-feeder"), ("scale-1", "warehouse-scale"), ("node-1", "gps-node")];
        await register.AddDevicesAsync(
            [.. devices.Select(device => new DeviceRow(device.Id, Bank.Institution, "ranch-1", device.Kind, "pen-1", "", "{}", true, true, bank.Clock.GetUtcNow(), "test"))],
            Bank.Cancel);
        string[] assets = ["cow-1", "cow-2", "shipment-1"];
        await register.PutAssetsAsync(
            [.. assets.Select(asset => new AssetRow(asset, Bank.Institution, "ranch-1", "animal", "beef-cattle", "", "{}", bank.Clock.GetUtcNow(), null, null))],
            Bank.Cancel);
        await Bind(bank, "cow-1", Tag);
        await Bind(bank, "shipment-1", "node-1");
        return bank;
    }

    private static Task Bind(Bank bank, string asset, string device)
    {
        bank.Clock.Advance(TimeSpan.FromSeconds(1));
        return bank.Service<IRegister>().BindAsync([new BindingRow(asset, device, bank.Clock.GetUtcNow(), null, "test")], Bank.Cancel);
    }
}
