using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Earmark.SystemTests.Running;
using MQTTnet;
using MQTTnet.Formatter;

namespace Earmark.SystemTests.Devices;

/// <summary>
/// Everything a device may get wrong, on one running Earmark: each is answered with its reason, counted and kept with its first bytes
/// for the device's page, and disturbs nothing else.
/// </summary>
public sealed class What_is_refused_or_marked(Ranch ranch) : IClassFixture<Ranch>
{
    private const int MaxFrameBytes = 4_096;
    private const int PayloadAt = 40;
    private const string Feed = """{"events":[{"type":"load","timeOffsetSeconds":0,"ingredient":"SILAGE","weightKilograms":"1250.500","eventFlags":[]}]}""";
    private static uint goodFrames;
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(10);

    private EarmarkServer Earmark => ranch.Earmark;

    [Fact]
    public Task A_frame_with_a_bad_crc_is_refused() => Refused("bs-01", "bad-crc", frame => Flipped(frame, PayloadAt));

    [Fact]
    public Task A_frame_with_a_bad_mac_is_refused() => Refused("bs-02", "bad-mac", frame => Flipped(frame, frame.Length - 1));

    [Fact]
    public Task A_truncated_frame_is_refused() => Refused("bs-03", "truncated", frame => frame[..^7]);

    [Fact]
    public Task An_oversize_frame_is_refused() =>
        Refused("bs-04", "oversize", frame => [.. frame, .. new byte[MaxFrameBytes + 1 - frame.Length]]);

    [Fact]
    public Task A_frame_on_another_devices_topic_is_refused() =>
        Refused("bs-05", "another-devices-topic", frame => frame, "earmark/v1/base-station/bs-06/up");

    [Fact]
    public async Task A_frame_of_another_device_is_refused_though_it_is_well_signed()
    {
        await using var other = Made("bs-06");
        var theirs = other.Encode(await ranch.NowAsync(), "base-station", Round(1));
        await Refused("bs-05", "another-device", _ => theirs);
    }

    [Fact]
    public async Task An_unknown_device_is_not_let_in()
    {
        var stranger = Earmark.Device("bs-01") with { DeviceId = "bs-99", UserName = "bs-99" };
        await using var device = new Device(stranger, Earmark.MqttPort);
        var answer = await device.ConnectAsync();
        Assert.Equal((MqttClientConnectResultCode.BadUserNameOrPassword, "bad-login"), (answer.ResultCode, answer.ReasonString));
    }

    [Fact]
    public async Task An_old_boot_and_other_bytes_under_a_known_identity_are_refused()
    {
        await using var station = await Connected("bs-07");
        var now = await ranch.NowAsync();
        var good = station.Next(now, "base-station", Round(1));
        Assert.Null((await station.SendBytesAsync(good)).ReasonString);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await station.SendBytesAsync(good)).ReasonCode);

        var other = station.Encode(now, "base-station", Round(2));
        Assert.Equal("identity-reused", (await station.SendBytesAsync(other)).ReasonString);
        station.Boot -= 100;
        var old = station.Encode(now, "base-station", Round(3));
        Assert.Equal("boot-outside-window", (await station.SendBytesAsync(old)).ReasonString);

        await Shown("bs-07", "identity-reused", other);
        await Shown("bs-07", "boot-outside-window", old);
        var activity = (await Earmark.GetAsync("api/v1/devices/bs-07", "admin"))["activity"]!;
        Assert.Equal((1_000L, 1L), (activity["boot"]!.GetValue<long>(), activity["duplicates"]!.GetValue<long>()));
    }

    [Fact]
    public async Task A_time_in_the_future_is_accepted_and_marked_but_not_believed()
    {
        await using var station = await Connected("bs-08");
        var now = await ranch.NowAsync();
        var early = station.Next(now.AddHours(1), "base-station", Round(1));
        Assert.Equal(MqttClientPublishReasonCode.Success, (await station.SendBytesAsync(early)).ReasonCode);

        var shown = await Earmark.GetAsync("api/v1/devices/bs-08", "admin");
        Assert.Equal(Convert.ToHexStringLower(early), shown["frames"]![0]!["hex"]!.GetValue<string>());
        Assert.Equal(1, shown["activity"]!["marked"]!.GetValue<long>());
        Assert.True(shown["activity"]!["lastHeardAt"]!.GetValue<DateTimeOffset>() <= now, shown["activity"]!.ToJsonString());
    }

    [Fact]
    public async Task Garbage_on_the_port_is_cut_off_and_everybody_else_goes_on()
    {
        await using var station = await Connected("bs-06");
        foreach (var garbage in new[] { "GET / HTTP/1.1\r\nHost: farm\r\n\r\n"u8.ToArray(), RandomBytes(2_000) })
        {
            using var socket = new TcpClient("127.0.0.1", Earmark.MqttPort);
            await socket.GetStream().WriteAsync(garbage);
            Assert.True(await IsClosedAsync(socket), "garbage was left connected");
        }

        Assert.Equal(MqttClientPublishReasonCode.Success, (await station.SendAsync(await ranch.NowAsync(), "base-station", Round(1))).ReasonCode);
    }

    [Fact]
    public async Task A_3_1_1_client_does_not_loop_on_a_bad_frame()
    {
        await using var feeder = new Device(Earmark.Device("tmr-01"), Earmark.MqttPort);
        await feeder.ConnectAsync(MqttProtocolVersion.V311);
        var good = feeder.Next(await ranch.NowAsync(), "tmr-feeder", Feed);
        var bad = Flipped(good, good.Length - 1);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await feeder.SendBytesAsync(bad)).ReasonCode);

        await Shown("tmr-01", "bad-mac", bad);
        Assert.True(feeder.IsConnected);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await feeder.SendBytesAsync(good)).ReasonCode);
    }

    private async Task Refused(string deviceId, string reason, Func<byte[], byte[]> spoil, string? topic = null)
    {
        var value = await Value();
        await using var station = await Connected(deviceId);
        var bad = spoil(station.Next(await ranch.NowAsync(), "base-station", Round(1)));
        var answer = await station.SendBytesAsync(bad, topic);
        Assert.Equal(reason, answer.ReasonString);
        Assert.True((int)answer.ReasonCode >= 0x80, $"{answer.ReasonCode}");

        await Shown(deviceId, reason, bad);
        Assert.True(station.IsConnected);
        Assert.Equal(value, await Value());
        await using var other = await Connected("tmr-02");
        other.Sequence = Interlocked.Increment(ref goodFrames);
        Assert.Equal(MqttClientPublishReasonCode.Success, (await other.SendAsync(await ranch.NowAsync(), "tmr-feeder", Feed)).ReasonCode);
    }

    /// <summary>Counted once, with the bytes it began with.</summary>
    private async Task Shown(string deviceId, string reason, byte[] bytes)
    {
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(200))
        {
            var shown = await Earmark.GetAsync($"api/v1/devices/{deviceId}", "admin");
            var refusal = shown["refusals"]!.AsArray().FirstOrDefault(row => row!["reason"]!.GetValue<string>() == reason);
            if (refusal is not null)
            {
                Assert.Equal(1, refusal["count"]!.GetValue<long>());
                Assert.Equal(Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, 64))), refusal["firstBytes"]!.GetValue<string>());
                return;
            }

            Assert.True(since.Elapsed < Kept, $"{reason} of {deviceId} is not shown: {shown["refusals"]!.ToJsonString()}");
        }
    }

    private async Task<decimal> Value() =>
        (await Earmark.GetAsync("api/v1/facilities/demo-ranch-loan"))["eligibleValue"]!.GetValue<decimal>();

    private Device Made(string deviceId) => new(Earmark.Device(deviceId), Earmark.MqttPort) { Sequence = 1 };

    private async Task<Device> Connected(string deviceId)
    {
        var device = new Device(Earmark.Device(deviceId), Earmark.MqttPort);
        Assert.Equal(MqttClientConnectResultCode.Success, (await device.ConnectAsync()).ResultCode);
        return device;
    }

    private static string Round(int number) => Herd.Round(number, Enumerable.Range(1, Ranch.Cattle), []);

    private static byte[] Flipped(byte[] frame, int at)
    {
        var flipped = frame.ToArray();
        flipped[at] ^= 0x40;
        return flipped;
    }

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }

    private static async Task<bool> IsClosedAsync(TcpClient socket)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            return await socket.GetStream().ReadAsync(new byte[256], late.Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
