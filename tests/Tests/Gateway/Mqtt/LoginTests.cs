using Earmark.Contracts.Devices;
using Earmark.Tests.Gateway.Doubles;
using Xunit;

namespace Earmark.Tests.Gateway.Mqtt;

public sealed class LoginTests
{
    private const byte BadCredentials5 = 0x86, BadCredentials3 = 4;

    [Theory]
    [InlineData("bs-99", TestDevice.Password, "unknown-device")]
    [InlineData("bs-01", "another-password", "bad-password")]
    [InlineData("bs-01", "", "bad-password")]
    [InlineData("", TestDevice.Password, "unknown-device")]
    [InlineData("BS-01", TestDevice.Password, "unknown-device")]
    [InlineData("bs-01/../admin", TestDevice.Password, "unknown-device")]
    public async Task Unknown_names_and_bad_passwords_get_the_same_answer_and_are_counted_apart(string user, string password, string reason)
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Add(new TestDevice());
        using var five = await RawMqtt.OpenAsync(gateway, level: 5);
        using var three = await RawMqtt.OpenAsync(gateway, level: 4);

        Assert.Equal(BadCredentials5, await five.ConnectAsync(user, password, "any"));
        Assert.Equal(BadCredentials3, await three.ConnectAsync(user, password, "any"));

        Assert.Null(await five.ReceiveAsync());
        Assert.Equal(reason == "bad-password" ? "bs-01" : null, (await gateway.RefusalAsync(reason)).DeviceId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("BS-01")]
    [InlineData("a-name-that-is-too-long-for-any-device")]
    public async Task What_can_be_no_devices_name_is_refused_without_a_question(string user)
    {
        await using var gateway = await TestGateway.StartAsync();
        using var client = await RawMqtt.OpenAsync(gateway);

        Assert.Equal(BadCredentials3, await client.ConnectAsync(user, TestDevice.Password, "any"));

        Assert.Empty(gateway.Register.Asked);
    }

    [Fact]
    public async Task A_device_out_of_service_is_not_authorized()
    {
        await using var gateway = await TestGateway.StartAsync();
        TestDevice device = new();
        gateway.Register.Devices[device.Id] = device.Credentials with { InService = false };
        using var client = await RawMqtt.OpenAsync(gateway, level: 5);

        Assert.Equal(0x87, await client.ConnectAsync(device.Id, TestDevice.Password, device.Id));
        await gateway.RefusalAsync("out-of-service");
    }

    [Fact]
    public async Task A_register_that_does_not_answer_is_no_reason_to_call_a_password_wrong()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        gateway.Register.Before = () => Task.FromException(new TimeoutException());
        using var client = await RawMqtt.OpenAsync(gateway);

        Assert.Equal(3, await client.ConnectAsync(device.Id, TestDevice.Password, device.Id));
    }

    [Fact]
    public async Task A_client_id_live_under_another_device_is_refused_and_its_holder_undisturbed()
    {
        await using var gateway = await TestGateway.StartAsync();
        var holder = gateway.Add(new TestDevice("bs-01"));
        var thief = gateway.Add(new TestDevice("bs-02"));
        using var first = await RawMqtt.LoginAsync(gateway, holder, clientId: "shared");

        using var five = await RawMqtt.OpenAsync(gateway, level: 5);
        Assert.Equal(0x85, await five.ConnectAsync(thief.Id, TestDevice.Password, "shared"));
        using var three = await RawMqtt.OpenAsync(gateway);
        Assert.Equal(2, await three.ConnectAsync(thief.Id, TestDevice.Password, "shared"));

        await first.PublishAsync(holder.Up, holder.Frame());
        Assert.Equal((1, 0), await first.PubAckAsync());
        await gateway.RefusalAsync("client-id-in-use");
        first.Dispose();
        await Eventually.BecomesTrueAsync(() => gateway.TwinOf(holder.Id).Now == ConnectionState.Silent, "the holder's end");
        using var later = await RawMqtt.LoginAsync(gateway, thief, clientId: "shared");
    }

    [Fact]
    public async Task A_device_takes_over_its_own_client_id()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var first = await RawMqtt.LoginAsync(gateway, device, level: 5);

        using var second = await RawMqtt.LoginAsync(gateway, device, level: 5);

        var (type, body) = (await first.ReceiveAsync())!.Value;
        Assert.Equal((RawMqtt.Disconnect, 0x8E), (type, body[0]));
        Assert.Null(await first.ReceiveAsync());
        await second.PublishAsync(device.Up, device.Frame());
        Assert.Equal((1, 0), await second.PubAckAsync());
        await Task.Delay(50, TestContext.Current.CancellationToken);
        Assert.Equal(ConnectionState.Online, gateway.TwinOf(device.Id).Now);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Devices_without_a_client_id_get_one_each(byte level)
    {
        await using var gateway = await TestGateway.StartAsync();
        var one = gateway.Add(new TestDevice("bs-01"));
        var two = gateway.Add(new TestDevice("bs-02"));
        using var first = await RawMqtt.LoginAsync(gateway, one, level, clientId: "");
        using var second = await RawMqtt.LoginAsync(gateway, two, level, clientId: "");

        await first.PingAsync();
        await second.PingAsync();
        using var wrong = await RawMqtt.OpenAsync(gateway, level);
        Assert.Equal(level == 5 ? BadCredentials5 : BadCredentials3, await wrong.ConnectAsync(one.Id, "wrong", ""));
    }

    [Fact]
    public async Task One_device_under_too_many_client_ids_loses_its_oldest_connection()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { ConnectionsPerDevice = 2 });
        var device = gateway.Add(new TestDevice());
        using var first = await RawMqtt.LoginAsync(gateway, device, clientId: "one");
        using var second = await RawMqtt.LoginAsync(gateway, device, clientId: "two");
        using var third = await RawMqtt.LoginAsync(gateway, device, clientId: "three");

        Assert.Null(await first.ReceiveAsync());
        await second.PingAsync();
        await third.PingAsync();
    }

    [Fact]
    public async Task A_client_id_beyond_the_limit_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { ClientIdLength = 10 });
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.OpenAsync(gateway);

        Assert.Equal(2, await client.ConnectAsync(device.Id, TestDevice.Password, "eleven-char"));
    }

    [Fact]
    public async Task A_flood_of_failed_logins_costs_no_questions_and_shuts_out_no_known_device()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { FailedLoginsPerMinute = 5 });
        var known = gateway.Add(new TestDevice());
        (await RawMqtt.LoginAsync(gateway, known)).Dispose();
        List<byte> codes = [];
        for (var i = 0; i < 12; i++)
        {
            using var flood = await RawMqtt.OpenAsync(gateway);
            codes.Add(await flood.ConnectAsync($"guess-{i}", "guess", "any"));
        }

        Assert.Equal([4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3], codes.Select(code => (int)code));
        Assert.Equal(5, gateway.Register.Asked.Count(name => name.StartsWith("guess", StringComparison.Ordinal)));
        Assert.Equal(5, await Counted(gateway, "unknown-device", 5));
        Assert.Equal(7, await Counted(gateway, "too-many-failed-logins", 7));
        using var back = await RawMqtt.LoginAsync(gateway, known);
    }

    [Fact]
    public async Task A_reconnect_storm_of_hundreds_is_let_in_at_its_pace_and_completely()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { LoginBurst = 50, LoginsPerSecond = 400 });
        var devices = Enumerable.Range(0, 300).Select(i => gateway.Add(new TestDevice($"bs-{i}"))).ToArray();
        var since = TimeProvider.System.GetTimestamp();

        var clients = await Task.WhenAll(devices.Select(device => RawMqtt.LoginAsync(gateway, device)));

        // 50 at once, the other 250 at 400 a second.
        Assert.InRange(TimeProvider.System.GetElapsedTime(since).TotalSeconds, 0.5, 9);
        await Task.WhenAll(clients.Zip(devices).Select(pair => pair.First.PublishAsync(pair.Second.Up, pair.Second.Frame())));
        await Task.WhenAll(clients.Select(client => client.PubAckAsync()));
        Assert.Equal(300, gateway.Site.Frames.Count());
        Assert.InRange(gateway.Register.MostAskingAtOnce, 1, 64);
        Array.ForEach(clients, client => client.Dispose());
    }

    [Fact]
    public async Task Logins_beyond_the_waiting_line_are_told_that_the_server_is_busy()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { LoginBurst = 1, LoginsPerSecond = 1, LoginsWaiting = 0 });
        var device = gateway.Add(new TestDevice());
        List<byte> codes = [];
        for (var i = 0; i < 10; i++)
        {
            using var client = await RawMqtt.OpenAsync(gateway, level: 5);
            codes.Add(await client.ConnectAsync(device.Id, TestDevice.Password, "any"));
        }

        Assert.Equal(0, codes[0]);
        Assert.Contains((byte)0x89, codes);
        await gateway.RefusalAsync("logins-full");
    }

    [Fact]
    public async Task A_device_removed_from_the_register_is_thrown_out_with_its_next_frame()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { KnownFor = TimeSpan.Zero });
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);
        gateway.Register.Devices.Clear();

        await client.PublishAsync(device.Up, device.Frame());

        Assert.Null(await client.ReceiveAsync());
        Assert.Empty(gateway.Site.Frames);
        await gateway.RefusalAsync("no-longer-registered");
    }

    private static async Task<long> Counted(TestGateway gateway, string reason, long atLeast)
    {
        await Eventually.BecomesTrueAsync(() => gateway.Refused(reason) >= atLeast, $"{atLeast} {reason}");
        return gateway.Refused(reason);
    }
}
