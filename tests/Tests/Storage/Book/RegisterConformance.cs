using Earmark.Storage.Book;
using Xunit;

namespace Earmark.Tests.Storage.Book;

public abstract class RegisterConformance(BookHost host) : BookConformance(host)
{
    [Fact]
    public async Task The_same_site_again_is_true_and_another_body_under_its_id_is_false()
    {
        var site = (await Register.SiteAsync("ranch-1", Cancel))!;
        Assert.Equal((43.5, null), (site.Latitude, site.Longitude));
        Assert.True(await Register.AddSiteAsync(site, Cancel));
        Assert.False(await Register.AddSiteAsync(site with { DisplayName = "Other" }, Cancel));
        Assert.Equal("Ranch", (await Register.SiteAsync("ranch-1", Cancel))!.DisplayName);
        Assert.Equal(2, (await Register.SitesAsync(Bank, Cancel)).Count);
        Assert.Empty(await Register.SitesAsync("other-bank", Cancel));
    }

    [Fact]
    public async Task Devices_are_found_by_site_kind_and_part_of_a_name_within_their_institution_only()
    {
        await Register.AddDevicesAsync([Device("bs-1", "base-station"), Device("bs-2", "base-station"), Device("feed_1", "tmr-feeder")], Cancel);
        Assert.False(await Register.AddDeviceAsync(Device("bs-1", "gps-node"), Cancel));
        Assert.Equal(Device("bs-1", "base-station"), await Register.DeviceAsync("bs-1", Cancel));
        Assert.Equal(["bs-1", "bs-2"], Ids(await Register.DevicesAsync(Bank, "ranch-1", "base-station", null, 0, 10, Cancel)));
        Assert.Equal(["feed_1"], Ids(await Register.DevicesAsync(Bank, null, null, "d_1", 0, 10, Cancel)));
        Assert.Empty((await Register.DevicesAsync(Bank, null, null, "s_1", 0, 10, Cancel)).Rows);
        Assert.Empty((await Register.DevicesAsync("other-bank", null, null, null, 0, 10, Cancel)).Rows);
        var page = await Register.DevicesAsync(Bank, null, null, null, 1, 1, Cancel);
        Assert.Equal((3, "bs-2"), (page.Total, page.Rows.Single().DeviceId));
        Assert.Equal(2, (await Register.DevicesByIdAsync(["bs-2", "unknown", "feed_1"], Cancel)).Count);
    }

    [Fact]
    public async Task One_device_that_is_not_simulated_makes_devices_real()
    {
        await Register.AddDeviceAsync(Device("bs-1", "base-station"), Cancel);
        Assert.False(await Register.HasRealDevicesAsync(Cancel));
        await Register.AddDeviceAsync(Device("bs-2", "base-station") with { Simulated = false }, Cancel);
        Assert.True(await Register.HasRealDevicesAsync(Cancel));
        await Register.SetDeviceInServiceAsync("bs-2", false, Cancel);
        Assert.False((await Register.DeviceAsync("bs-2", Cancel))!.InService);
    }

    [Fact]
    public async Task An_asset_of_another_site_is_refused_by_its_id_and_stays_as_it_is()
    {
        Assert.Empty(await Register.PutAssetsAsync([Asset("cow-1"), Asset("cow-2")], Cancel));
        var refused = await Register.PutAssetsAsync([Asset("cow-1", "ranch-2"), Asset("cow-2") with { Body = "{\"a\":1}" }, Asset("cow-3", "ranch-2")], Cancel);
        Assert.Equal(["cow-1"], refused);
        Assert.Equal("ranch-1", (await Register.AssetAsync("cow-1", Cancel))!.SiteId);
        Assert.Equal("{\"a\":1}", (await Register.AssetAsync("cow-2", Cancel))!.Body);
        Assert.Equal(3, (await Register.AssetsAsync(Bank, null, "cow", 0, 10, Cancel)).Total);
        Assert.Equal(2, (await Register.AssetsByIdAsync(["cow-3", "cow-1", "cow-9"], Cancel)).Count);
    }

    [Fact]
    public async Task An_asset_ends_once_and_keeps_why()
    {
        await Register.PutAssetsAsync([Asset("cow-1")], Cancel);
        await Register.EndAssetsAsync(["cow-1"], "sold", Noon, Cancel);
        await Register.EndAssetsAsync(["cow-1"], "dead", Noon.AddDays(1), Cancel);
        var asset = (await Register.AssetAsync("cow-1", Cancel))!;
        Assert.Equal((Noon, "sold"), (asset.EndedAt, asset.EndedBecause));
    }

    [Fact]
    public async Task A_new_binding_ends_the_earlier_ones_of_asset_and_device_at_the_same_instant()
    {
        await Register.PutAssetsAsync([Asset("cow-1"), Asset("cow-2")], Cancel);
        await Register.BindAsync([Bind("cow-1", "tag-1", 0), Bind("cow-2", "tag-2", 0)], Cancel);
        await Register.BindAsync([Bind("cow-1", "tag-1", 1), Bind("cow-1", "tag-2", 2)], Cancel);
        Assert.Equal(
            [("tag-1", Noon, (DateTimeOffset?)Noon.AddHours(2)), ("tag-2", Noon.AddHours(2), null)],
            (await Register.BindingsOfAssetAsync("cow-1", Cancel)).Select(binding => (binding.DeviceId, binding.From, binding.Until)));
        Assert.Equal([("cow-2", false), ("cow-1", true)], (await Register.BindingsOfDeviceAsync("tag-2", Cancel)).Select(binding => (binding.AssetId, binding.Until is null)));
        Assert.Equal("cow-1", Assert.Single(await Register.StandingBindingsAsync(["tag-1", "tag-2"], Cancel)).AssetId);
        Assert.Single((await Register.AssetsAsync(Bank, "ranch-1", "tag-2", 0, 10, Cancel)).Rows);
        await Register.UnbindAsync("cow-1", "lost", Noon.AddHours(3), Cancel);
        Assert.Empty(await Register.StandingBindingsAsync(["tag-1", "tag-2"], Cancel));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Register.BindAsync([Bind("cow-2", "tag-1", 4), Bind("nobody", "tag-3", 4)], Cancel));
        Assert.Empty(await Register.StandingBindingsAsync(["tag-1", "tag-3"], Cancel));
    }

    [Fact]
    public async Task Of_a_tag_bound_to_many_animals_at_once_one_binding_stands_and_the_others_are_its_past()
    {
        await Register.PutAssetsAsync([.. Enumerable.Range(0, 12).Select(i => Asset($"cow-{i}"))], Cancel);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => Register.BindAsync([Bind($"cow-{i}", "tag-1", 1)], Cancel), Cancel)));
        Assert.Single(await Register.StandingBindingsAsync(["tag-1"], Cancel));
        Assert.Equal(12, (await Register.BindingsOfDeviceAsync("tag-1", Cancel)).Count);
    }

    [Fact]
    public async Task A_search_does_not_tell_upper_from_lower_case_and_takes_no_pattern()
    {
        await Register.PutAssetsAsync([Asset("cow-1"), Asset("cow_2")], Cancel);
        Assert.Equal(2, (await Register.AssetsAsync(Bank, null, "COW", 0, 10, Cancel)).Total);
        Assert.Equal("cow_2", Assert.Single((await Register.AssetsAsync(Bank, null, "w_", 0, 10, Cancel)).Rows).AssetId);
        Assert.Equal(0, (await Register.AssetsAsync(Bank, null, "%", 0, 10, Cancel)).Total);
    }

    [Fact]
    public async Task Lists_are_in_the_order_of_bytes_on_every_database()
    {
        string[] ids = ["a-2", "a1", "a-10", "b", "Ä", "Z"];
        await Register.PutAssetsAsync([.. ids.Select(id => Asset(id))], Cancel);
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await Register.AssetsAsync(Bank, null, null, 0, 10, Cancel)).Rows.Select(asset => asset.AssetId));
    }

    [Fact]
    public async Task A_caller_made_id_answers_with_the_first_result_and_refuses_another_body()
    {
        Assert.Null(await Register.AnswerAsync("import", "id-1", [1], Cancel));
        await Register.KeepAnswerAsync("import", "id-1", [1], "first", Noon, Cancel);
        await Register.KeepAnswerAsync("import", "id-1", [1], "second", Noon, Cancel);
        Assert.Equal("first", await Register.AnswerAsync("import", "id-1", [1], Cancel));
        Assert.Null(await Register.AnswerAsync("other", "id-1", [1], Cancel));
        await Assert.ThrowsAsync<RepeatedIdException>(() => Register.AnswerAsync("import", "id-1", [2], Cancel));
        await Assert.ThrowsAsync<RepeatedIdException>(() => Register.KeepAnswerAsync("import", "id-1", [2], "third", Noon, Cancel));
    }

    [Fact]
    public async Task One_writer_s_failure_undoes_only_its_own_work()
    {
        var writes = Enumerable.Range(0, 40).Select(i => i % 4 == 0
            ? Assert.ThrowsAsync<InvalidOperationException>(() => Register.BindAsync([Bind($"cow-{i}", $"tag-{i}", 0)], Cancel))
            : (Task)Register.PutAssetsAsync([Asset($"cow-{i}")], Cancel));
        await Task.WhenAll(writes);
        Assert.Equal(30, (await Register.AssetsAsync(Bank, "ranch-1", null, 0, 100, Cancel)).Total);
    }

    private static DeviceRow Device(string id, string kind) =>
        new(id, Bank, "ranch-1", kind, "pen-1", "$7$101$s$h", "{}", true, true, Noon, "officer");

    private static BindingRow Bind(string asset, string device, int hour) => new(asset, device, Noon.AddHours(hour), null, "tagged");

    private static IEnumerable<string> Ids(DevicePage page) => page.Rows.Select(device => device.DeviceId);
}
