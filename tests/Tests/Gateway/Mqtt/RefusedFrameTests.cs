using Earmark.FirmwareProtocols;
using Earmark.FirmwareProtocols.Envelope;
using Earmark.Tests.FirmwareProtocols;
using Earmark.Tests.Gateway.Doubles;
using Xunit;

namespace Earmark.Tests.Gateway.Mqtt;

public sealed class RefusedFrameTests
{
    private const int KindOffset = 3;
    private const int KeyIdOffset = 5;
    private const int ObservationOffset = 48;

    public static TheoryData<string, string, byte, int> BadFrames => new()
    {
        { "crc", "bad-crc", 0x99, 64 },
        { "mac", "bad-mac", 0x87, 66 },
        { "truncated", "truncated", 0x99, 81 },
        { "empty", "truncated", 0x99, 0 },
        { "oversize", "oversize", 0x99, 4096 },
        { "far-oversize", "oversize", 0x99, 4096 },
        { "garbage", "bad-magic", 0x99, 0 },
        { "another-device", "another-device", 0x87, 8 },
        { "another-kind", "another-device", 0x87, KindOffset },
        { "unknown-key", "unknown-key", 0x87, KeyIdOffset },
        { "payload", "bad-payload-tag", 0x99, ObservationOffset },
    };

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task An_mqtt_5_client_is_told_why_and_may_go_on(string what, string reason, byte code, int offset)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device, level: 5);
        var bad = Bad(what, device);

        await client.PublishAsync(device.Up, bad, 1);
        var (type, body) = (await client.ReceiveAsync())!.Value;
        Assert.Equal((RawMqtt.PubAck, code), (type, body[2]));
        Assert.EndsWith(reason, System.Text.Encoding.UTF8.GetString(body), StringComparison.Ordinal);

        await client.PublishAsync(device.Up, device.Frame(), 2);
        Assert.Equal((2, 0), await client.PubAckAsync());
        Assert.Single(gateway.Site.Frames);
        var kept = await gateway.RefusalAsync(reason);
        Assert.Equal((device.Id, offset, 1), (kept.DeviceId, kept.Offset, kept.Count));
        Assert.Equal(bad.Take(64), kept.FirstBytes);
        Assert.Equal(ClockDouble.Now, kept.At);
    }

    [Theory]
    [MemberData(nameof(BadFrames))]
    public async Task A_3_1_1_client_has_its_bad_frame_acknowledged_so_that_it_does_not_loop_on_it(string what, string reason, byte code, int offset)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);

        await client.PublishAsync(device.Up, Bad(what, device), 1);
        Assert.Equal((1, 0), await client.PubAckAsync());
        await client.PublishAsync(device.Up, device.Frame(), 2);
        Assert.Equal((2, 0), await client.PubAckAsync());

        Assert.Single(gateway.Site.Frames);
        Assert.Equal((device.Id, offset), (await gateway.RefusalAsync(reason)).DeviceId is { } id ? (id, offset) : default);
        Assert.NotEqual(0, code);
    }

    [Fact]
    public async Task Repeated_abuse_closes_the_connection_and_nothing_less()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { RefusalsPerMinute = 3 });
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);
        for (ushort i = 1; i <= 4; i++)
        {
            await client.PublishAsync(device.Up, Bad("crc", device), i);
            Assert.Equal((i, 0), await client.PubAckAsync());
        }

        Assert.Null(await client.ReceiveAsync());
        await gateway.RefusalAsync("repeated-abuse");
        using var again = await RawMqtt.LoginAsync(gateway, device);
        await again.PublishAsync(device.Up, device.Frame());
        Assert.Equal((1, 0), await again.PubAckAsync());
    }

    [Fact]
    public async Task A_key_added_after_the_connection_is_found()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);
        gateway.Register.Devices[device.Id] = device.Credentials with
        {
            Keys = [.. device.Credentials.Keys, new(2, Keys.Bytes)],
        };
        await Task.Delay(TimeSpan.FromSeconds(2.1), TestContext.Current.CancellationToken);

        await client.PublishAsync(device.Up, Bad("unknown-key", device));
        await client.PubAckAsync();

        Assert.Single(gateway.Site.Frames);
    }

    private static byte[] Bad(string what, TestDevice device)
    {
        var frame = device.Frame();
        switch (what)
        {
            case "crc":
                frame[ObservationOffset] ^= 1;
                return frame;
            case "mac":
                frame[^1] ^= 1;
                return frame;
            case "truncated":
                return frame[..^1];
            case "empty":
                return [];
            case "oversize":
                return new byte[EnvelopeCodec.MaxFrameLength + 1];
            case "far-oversize":
                return [.. Enumerable.Range(0, 300_000).Select(i => (byte)i)];
            case "garbage":
                return [.. Enumerable.Repeat((byte)'x', 200)];
            case "another-device":
                return new TestDevice("bs-02").Frame();
            case "another-kind":
                frame[KindOffset] = (byte)DeviceKind.GpsNode;
                return Keys.Resealed(frame);
            case "unknown-key":
                frame[KeyIdOffset] = 2;
                return Keys.Resealed(frame);
            case "payload":
                frame.AsSpan(ObservationOffset, 8).Clear();
                return Keys.Resealed(frame);
            default:
                throw new ArgumentException(what, nameof(what));
        }
    }
}
