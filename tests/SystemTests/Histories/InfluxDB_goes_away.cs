using Earmark.Storage.History;
using Earmark.Storage.Influx;
using Earmark.SystemTests.Running;
using Microsoft.Extensions.Logging.Abstractions;

namespace Earmark.SystemTests.Histories;

/// <summary>Away at first, killed, emptied: each call says so in time, and the next after its return works.</summary>
public sealed class InfluxDB_goes_away
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_it_confirmed_survives_a_kill_and_it_may_even_come_back_empty()
    {
        await using var server = new InfluxServer();
        using var history = new InfluxHistory(server.Options("earmark"), NullLogger<InfluxHistory>.Instance);
        var away = await Assert.ThrowsAnyAsync<HistoryAwayException>(() => history.WatermarkAsync("journal", Cancel));
        Assert.Contains("can't be reached", away.Message, StringComparison.Ordinal);

        await server.StartAgainAsync();
        await history.WriteAsync([Point(1)], Cancel);
        await history.SetWatermarkAsync("journal", 7, Cancel);
        await server.KillAsync();
        await Assert.ThrowsAnyAsync<HistoryAwayException>(() => history.WriteAsync([Point(2)], Cancel));
        await server.StartAgainAsync();
        await history.WriteAsync([Point(2)], Cancel);
        Assert.Equal((7, 2), (await history.WatermarkAsync("journal", Cancel), (await Read(history)).Count));

        await server.QueryAsync("DROP DATABASE earmark");
        await Assert.ThrowsAnyAsync<HistoryAwayException>(() => history.WriteAsync([Point(3)], Cancel));
        Assert.Equal(0, await history.WatermarkAsync("journal", Cancel));
        await history.WriteAsync([Point(3)], Cancel);
        Assert.Single(await Read(history));
    }

    [Fact]
    public async Task A_server_that_hangs_is_given_up_after_its_time()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var url = new Uri($"http://{silent.LocalEndpoint}");
        using var history = new InfluxHistory(
            new InfluxOptions { Url = url, RequestLimit = TimeSpan.FromMilliseconds(200) }, NullLogger<InfluxHistory>.Instance);
        var away = await Assert.ThrowsAnyAsync<HistoryAwayException>(() => history.WriteAsync([Point(1)], Cancel));
        Assert.Contains("in time", away.Message, StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<HistoryPoint>> Read(InfluxHistory history) =>
        history.ReadAsync(HistorySeries.TagQuarter, "cow", Now.AddDays(-1), Now.AddDays(1), 10, Cancel);

    private static HistoryPoint Point(int minute) => new(HistorySeries.TagQuarter, "cow", Now.AddMinutes(-minute), [minute]);
}
