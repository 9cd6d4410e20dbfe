using Earmark.Contracts.Devices;
using Earmark.Gateway;
using Earmark.Gateway.Refusals;
using Earmark.Tests.Gateway.Doubles;
using Xunit;

namespace Earmark.Tests.Gateway.Refusals;

public sealed class RefusalLogTests
{
    [Fact]
    public void Alike_refusals_are_one_row_with_a_count_and_the_newest_bytes()
    {
        using GatewayMeters meters = new();
        var log = Log(meters);
        log.Add("bs-01", "bad-crc", 10, [1]);
        log.Add("bs-01", "bad-crc", 12, [2]);
        log.Add("bs-02", "bad-crc", 14, new byte[100]);
        log.Add(null, "bad-crc", 0, []);

        var batch = log.Take()!;

        Assert.Equal([("bs-01", 2L), ("bs-02", 1L), (null, 1L)], batch.Refusals.Select(row => (row.DeviceId, row.Count)));
        Assert.Equal((12, ClockDouble.Now), (batch.Refusals[0].Offset, batch.Refusals[0].At));
        Assert.Equal([2], batch.Refusals[0].FirstBytes);
        Assert.Equal(64, batch.Refusals[1].FirstBytes.Length);
        Assert.Null(log.Take());
    }

    [Fact]
    public void Beyond_the_limit_refusals_are_counted_without_their_details()
    {
        using GatewayMeters meters = new();
        var log = Log(meters, kept: 2);
        log.Add("bs-01", "bad-crc", 0, []);
        log.Add("bs-02", "bad-crc", 0, []);
        log.Add("bs-03", "bad-crc", 0, []);
        log.Add("bs-02", "bad-crc", 0, []);

        var batch = log.Take()!;

        Assert.Equal([1L, 2L], batch.Refusals.Select(row => row.Count));
        Assert.Equal(1, batch.Overflowed);
    }

    [Fact]
    public void What_could_not_be_told_is_put_back_under_the_same_limit_and_no_count_is_lost()
    {
        using GatewayMeters meters = new();
        var log = Log(meters, kept: 2);
        log.Add("bs-01", "bad-crc", 0, []);
        log.Add("bs-02", "bad-crc", 0, []);
        log.Add("bs-03", "bad-crc", 0, []);
        var untold = log.Take()!;
        log.Add("bs-02", "bad-crc", 0, []);
        log.Add("bs-04", "bad-crc", 0, []);

        log.PutBack(untold);
        var batch = log.Take()!;

        Assert.Equal([("bs-02", 2L), ("bs-04", 1L)], batch.Refusals.Select(row => (row.DeviceId, row.Count)));
        Assert.Equal(2, batch.Overflowed);
    }

    [Fact]
    public async Task Refusals_reach_the_log_grain_even_when_it_was_away_for_a_while()
    {
        await using var gateway = await TestGateway.StartAsync();
        var attempts = 0;
        gateway.Register.BeforeRefusals = () => ++attempts < 3 ? Task.FromException(new TimeoutException()) : Task.CompletedTask;
        using var client = await RawMqtt.OpenAsync(gateway);

        await client.SendAsync([0xFF]);

        Assert.Equal(1, (await gateway.RefusalAsync("not-mqtt")).Count);
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task What_was_refused_last_is_told_when_the_gateway_stops()
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { RefusalFlush = TimeSpan.FromHours(1) });
        using var client = await RawMqtt.OpenAsync(gateway);
        await client.SendAsync([0xFF]);
        Assert.Null(await client.ReceiveAsync());

        await gateway.StopAsync();

        Assert.Equal("not-mqtt", Assert.Single(gateway.Register.Refusals).Reason);
    }

    private static RefusalLog Log(GatewayMeters meters, int kept = RefusalBatch.MaximumRefusals) =>
        new(new ClockDouble(), new GatewayOptions { Limits = new GatewayLimits { RefusalsKept = kept } }, meters);
}
