using Earmark.Gateway;
using Earmark.Gateway.Directory;
using Earmark.Tests.FirmwareProtocols;
using Earmark.Tests.Gateway.Doubles;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Earmark.Tests.Gateway.Directory;

public sealed class DeviceDirectoryTests
{
    private readonly RegisterDouble _register = new();

    [Fact]
    public async Task A_device_is_asked_for_once_and_then_remembered()
    {
        using var directory = Directory();
        Add("bs-01");

        var first = await directory.FindAsync("bs-01");
        var second = await directory.FindAsync("bs-01");

        Assert.Equal("bs-01", first.Device?.Id);
        Assert.Same(first.Device, second.Device);
        Assert.Single(_register.Asked);
    }

    [Fact]
    public async Task Concurrent_misses_of_one_name_share_one_question()
    {
        using var directory = Directory();
        Add("bs-01");
        TaskCompletionSource answer = new();
        _register.Before = () => answer.Task;

        var asking = Enumerable.Range(0, 50).Select(_ => directory.FindAsync("bs-01").AsTask()).ToArray();
        await Eventually.BecomesTrueAsync(() => !_register.Asked.IsEmpty, "the question");
        answer.SetResult();
        var found = await Task.WhenAll(asking);

        Assert.All(found, lookup => Assert.Equal("bs-01", lookup.Device?.Id));
        Assert.Single(_register.Asked);
    }

    [Fact]
    public async Task Questions_at_the_same_time_are_bounded()
    {
        using var directory = Directory(new GatewayLimits { Lookups = 3 });
        _register.Before = () => Task.Delay(5);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => directory.FindAsync($"bs-{i}").AsTask()));

        Assert.InRange(_register.MostAskingAtOnce, 1, 3);
        Assert.Equal(30, _register.Asked.Count);
    }

    [Fact]
    public async Task An_unknown_name_is_remembered_as_unknown_for_a_short_while()
    {
        using var directory = Directory(new GatewayLimits { UnknownFor = TimeSpan.FromMilliseconds(200) });
        Assert.Null((await directory.FindAsync("bs-01")).Device);
        Assert.Null((await directory.FindAsync("bs-01")).Device);
        Assert.Single(_register.Asked);

        Add("bs-01");
        await Task.Delay(250, TestContext.Current.CancellationToken);

        Assert.NotNull((await directory.FindAsync("bs-01")).Device);
        Assert.Equal(2, _register.Asked.Count);
    }

    [Fact]
    public async Task Memory_is_bounded_for_known_and_unknown_names_and_drops_the_least_recently_used()
    {
        using var directory = Directory(new GatewayLimits { KnownDevices = 3, UnknownNames = 2 });
        for (var i = 0; i < 5; i++)
        {
            Add($"bs-{i}");
            await directory.FindAsync($"bs-{i}");
            await directory.FindAsync($"no-{i}");
            await directory.FindAsync("bs-0");
        }

        Assert.Equal((3, 2), (directory.Known, directory.Unknown));
        Assert.True(directory.Remembers("bs-0"));
        Assert.False(directory.Remembers("bs-1"));
    }

    [Fact]
    public async Task A_changed_device_is_seen_after_a_while_and_an_unchanged_one_keeps_its_keys()
    {
        using var directory = Directory(new GatewayLimits { KnownFor = TimeSpan.Zero });
        Add("bs-01");
        var first = (await directory.FindAsync("bs-01")).Device;
        Assert.Same(first, (await directory.FindAsync("bs-01")).Device);

        _register.Devices["bs-01"] = first!.Credentials with { Keys = [new(1, [.. Keys.Bytes.Reverse()])] };
        var changed = (await directory.FindAsync("bs-01")).Device;

        Assert.NotSame(first, changed);
        Assert.False(changed!.Key(1)!.Verifies(new TestDevice().Frame()));
        Assert.True(first.Key(1)!.Verifies(new TestDevice().Frame()));
        _register.Devices.Clear();
        Assert.Null((await directory.FindAsync("bs-01")).Device);
        Assert.Equal(0, directory.Known);
    }

    [Fact]
    public async Task While_the_register_is_away_what_is_known_is_believed_and_nothing_is_called_unknown()
    {
        using var directory = Directory(new GatewayLimits { KnownFor = TimeSpan.Zero });
        Add("bs-01");
        await directory.FindAsync("bs-01");
        _register.Before = () => Task.FromException(new TimeoutException());

        Assert.Equal("bs-01", (await directory.FindAsync("bs-01")).Device?.Id);
        Assert.Equal(new DeviceLookup(null, true), await directory.FindAsync("bs-02"));
        Assert.Equal(0, directory.Unknown);
    }

    [Fact]
    public async Task What_was_known_is_not_believed_for_ever()
    {
        using var directory = Directory(new GatewayLimits { KnownFor = TimeSpan.Zero, KnownWhileAway = TimeSpan.Zero });
        Add("bs-01");
        await directory.FindAsync("bs-01");
        _register.Before = () => Task.FromException(new TimeoutException());

        Assert.Equal(new DeviceLookup(null, true), await directory.FindAsync("bs-01"));
    }

    private void Add(string id) => _register.Devices[id] = new TestDevice(id).Credentials;

    private DeviceDirectory Directory(GatewayLimits? limits = null) => new(
        GrainsDouble.Of((_, _) => _register),
        new GatewayOptions { Limits = limits ?? new GatewayLimits() },
        NullLogger<DeviceDirectory>.Instance);
}
