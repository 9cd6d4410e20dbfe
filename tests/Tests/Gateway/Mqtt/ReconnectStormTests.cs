using Earmark.Tests.Gateway.Doubles;
using Xunit;

namespace Earmark.Tests.Gateway.Mqtt;

/// <summary>All devices of a region lose their connections at once and come back at once, while others go on sending.</summary>
public sealed class ReconnectStormTests
{
    private const int Established = 8;
    private static readonly TimeSpan StormPatience = TimeSpan.FromMinutes(5);

    [Fact]
    public Task Four_hundred_devices_come_back_and_the_established_are_served_meanwhile() => SurviveAsync(400, loginsPerSecond: 200, burst: 50);

    [Fact]
    [Trait("Length", "Long")]
    public Task Five_thousand_devices_come_back_and_the_established_are_served_meanwhile() => SurviveAsync(5_000, loginsPerSecond: 500, burst: 250);

    private static async Task SurviveAsync(int devices, int loginsPerSecond, int burst)
    {
        await using var gateway = await TestGateway.StartAsync(limits => limits with { LoginsPerSecond = loginsPerSecond, LoginBurst = burst });
        var storming = Enumerable.Range(0, devices).Select(i => gateway.Add(new TestDevice($"bs-{i}"))).ToArray();
        var established = Enumerable.Range(0, Established).Select(i => gateway.Add(new TestDevice($"live-{i}"))).ToArray();
        var live = await Task.WhenAll(established.Select(device => RawMqtt.LoginAsync(gateway, device)));
        var before = await StormAsync(gateway, storming);
        Array.ForEach(before, client => client.Dispose());

        using CancellationTokenSource over = new();
        var served = Task.WhenAll(live.Zip(established).Select(pair => ServeAsync(pair.First, pair.Second, over.Token)));
        var since = TimeProvider.System.GetTimestamp();
        var back = await StormAsync(gateway, storming);
        var lasted = TimeProvider.System.GetElapsedTime(since);
        await over.CancelAsync();

        // Paced: what is beyond the burst comes at the rate, so that there is a while in which the others are to be served.
        Assert.True(lasted.TotalSeconds > 0.9 * (devices - (2 * burst)) / loginsPerSecond, $"{devices} were let in within {lasted.TotalSeconds:0.0} s");
        Assert.All(await served, messages => Assert.True(messages >= 10, $"an established device was answered {messages} times in {lasted.TotalSeconds:0.0} s"));
        await Task.WhenAll(back.Zip(storming).Select(async pair =>
        {
            await pair.First.PublishAsync(pair.Second.Up, pair.Second.Frame());
            Assert.Equal((1, 0), await pair.First.PubAckAsync());
        }));
        Array.ForEach(back, client => client.Dispose());
        Array.ForEach(live, client => client.Dispose());
    }

    private static Task<RawMqtt[]> StormAsync(TestGateway gateway, TestDevice[] devices) => Task.WhenAll(devices.Select(async device =>
    {
        var client = await RawMqtt.OpenAsync(gateway);
        client.Patience = StormPatience;
        Assert.Equal(0, await client.ConnectAsync(device.Id, TestDevice.Password, device.Id));
        return client;
    }));

    private static async Task<int> ServeAsync(RawMqtt client, TestDevice device, CancellationToken over)
    {
        client.Patience = StormPatience;
        var answered = 0;
        for (ushort id = 1; !over.IsCancellationRequested; id = (ushort)(id % 60_000 + 1))
        {
            await client.PublishAsync(device.Up, device.Frame(), id);
            Assert.Equal((id, 0), await client.PubAckAsync());
            answered++;
            await Task.Delay(10, CancellationToken.None);
        }
        return answered;
    }
}
