namespace Earmark.SystemTests.Running;

/// <summary>One running Earmark that the tests of a class share: a small herd, a stepped clock, no simulator.</summary>
public sealed class Ranch : IAsyncLifetime
{
    public const int Cattle = 20;

    internal EarmarkServer Earmark { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Earmark = await EarmarkServer.StartAsync("--clock", "stepped", "--no-sim", "--cattle", $"{Cattle}");

    public ValueTask DisposeAsync() => Earmark.DisposeAsync();

    internal async Task<DateTimeOffset> NowAsync() => (await Earmark.GetAsync("api/v1/clock"))["now"]!.GetValue<DateTimeOffset>();
}
