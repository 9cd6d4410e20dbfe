using System.IO.Pipelines;
using Earmark.Tests.Gateway.Doubles;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using MQTTnet.Server;
using Xunit;

namespace Earmark.Tests.Gateway.Mqtt;

public sealed class DoorTests
{
    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001 a TLS hello")]
    [InlineData("\u0010\u000e\0\u0004HTTP garbage")]
    [InlineData("\u00c0\0")]
    public async Task Garbage_costs_only_its_own_connection_and_is_counted_with_its_first_bytes(string garbage)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var good = await RawMqtt.LoginAsync(gateway, device);
        using var bad = await RawMqtt.OpenAsync(gateway);
        byte[] bytes = [.. garbage.Select(c => (byte)c)];

        await bad.SendAsync(bytes);

        Assert.Null(await bad.ReceiveAsync());
        var kept = await gateway.RefusalAsync("not-mqtt");
        Assert.Null(kept.DeviceId);
        Assert.Equal(bytes, kept.FirstBytes);
        await good.PublishAsync(device.Up, device.Frame());
        Assert.Equal((1, 0), await good.PubAckAsync());
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x10 })]
    [InlineData(new byte[] { 0x10, 0x40, 0, 4, (byte)'M', (byte)'Q' })]
    public async Task A_connect_that_never_gets_whole_is_cut_off(byte[] start)
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { ConnectTimeout = TimeSpan.FromMilliseconds(150) });
        using var client = await RawMqtt.OpenAsync(gateway);

        await client.SendAsync(start);

        Assert.Null(await client.ReceiveAsync());
        await gateway.RefusalAsync("connect-timeout");
    }

    [Fact]
    public async Task A_malformed_packet_ends_its_connection_and_names_its_device()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);

        // A PUBLISH whose topic is longer than the packet.
        await client.SendAsync([0x32, 4, 0x7F, 0xFF, 1, 2]);

        Assert.Null(await client.ReceiveAsync());
        var kept = await gateway.RefusalAsync("malformed-packet");
        Assert.Equal(device.Id, kept.DeviceId);
        Assert.Equal([0x32, 4, 0x7F, 0xFF, 1, 2], kept.FirstBytes);
    }

    [Theory]
    [InlineData(0x10, 20_000)]
    [InlineData(0x82, 20_000)]
    [InlineData(0x32, 200_000_000)]
    public async Task A_packet_that_claims_too_much_is_not_waited_for(byte header, int claimed)
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = header == 0x10 ? await RawMqtt.OpenAsync(gateway) : await RawMqtt.LoginAsync(gateway, device);
        byte[] length = [(byte)(claimed | 0x80), (byte)((claimed >> 7) | 0x80), (byte)((claimed >> 14) | 0x80), (byte)(claimed >> 21)];

        await client.SendAsync([header, .. length]);

        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(header == 0x10 ? null : device.Id, (await gateway.RefusalAsync("oversize-packet")).DeviceId);
    }

    [Fact]
    public async Task An_oversize_publish_is_cut_wherever_the_network_cuts_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device);
        var packet = RawMqtt.Packet(0x32, [.. RawMqtt.Text(device.Up), 0, 9, .. new byte[20_000]]);
        byte[] sent = [.. packet, 0xC0, 0];

        for (var at = 0; at < sent.Length;)
        {
            var piece = at < 8 ? 1 : Math.Min(3_001, sent.Length - at);
            await client.SendAsync(sent[at..(at + piece)]);
            at += piece;
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.Equal((9, 0), await client.PubAckAsync());
        Assert.Equal(RawMqtt.PingResp, (await client.ReceiveAsync())?.Type);
        Assert.Equal(1, (await gateway.RefusalAsync("oversize")).Count);
    }

    [Fact]
    public async Task A_topic_alias_beyond_the_limit_closes_the_connection()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { TopicAliases = 2 });
        var device = gateway.Add(new TestDevice());
        using var client = await RawMqtt.LoginAsync(gateway, device, level: 5);
        await PublishWithAlias(client, device, 2, 1);
        Assert.Equal((1, 0), await client.PubAckAsync());

        await PublishWithAlias(client, device, 3, 2);

        Assert.Null(await client.ReceiveAsync());
        await gateway.RefusalAsync("topic-alias-limit");
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_at_once()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { Connections = 1 });
        var device = gateway.Add(new TestDevice());
        using var first = await RawMqtt.LoginAsync(gateway, device);
        using var second = await RawMqtt.OpenAsync(gateway);

        Assert.Null(await second.ReceiveAsync());

        await gateway.RefusalAsync("connection-limit");
        await first.PingAsync();
    }

    [Fact]
    public async Task A_client_that_reads_no_answers_is_read_no_further()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { UnsentAnswers = 8 });
        var device = gateway.Add(new TestDevice());
        var now = TestContext.Current.CancellationToken;
        Pipe input = new(new PipeOptions(pauseWriterThreshold: 100, resumeWriterThreshold: 50));
        Pipe output = new(new PipeOptions(pauseWriterThreshold: 8, resumeWriterThreshold: 4));
        await using DefaultConnectionContext connection = new("pipes", new Duplex(input.Reader, output.Writer), new Duplex(output.Reader, input.Writer));
        var served = ((ConnectionHandler)gateway.Services.GetRequiredService<IMqttServerAdapter>()).OnConnectedAsync(connection);
        await input.Writer.WriteAsync(RawMqtt.Packet(0x10, [
            .. RawMqtt.Text("MQTT"), 4, 0xC2, 0, 60, .. RawMqtt.Text("c"), .. RawMqtt.Text(device.Id), .. RawMqtt.Text(TestDevice.Password)]), now);

        var pings = 0;
        for (; pings < 10_000; pings++)
        {
            var write = input.Writer.WriteAsync(new byte[] { 0xC0, 0 }, now).AsTask();
            if (await Task.WhenAny(write, Task.Delay(500, now)) != write)
            {
                break;
            }
        }

        // What the limit lets in, and what fits into the two pipes.
        Assert.InRange(pings, 8, 8 + 50 + 4);
        await output.Reader.CompleteAsync();
        await input.Writer.CompleteAsync();
        await served.WaitAsync(Eventually.Patience, now);
    }

    private static Task PublishWithAlias(RawMqtt client, TestDevice device, byte alias, byte packetId) =>
        client.SendAsync(RawMqtt.Packet(0x32, [.. RawMqtt.Text(device.Up), 0, packetId, 3, 0x23, 0, alias, .. device.Frame()]));

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
