namespace Earmark.SystemTests.Faults;

/// <summary>
/// kill −9 of <c>earmark run</c> at random moments while a simulator of its own process sends. What the simulator knows to be
/// acknowledged is in the journal, once; the value is what the journal gives when computed again.
/// </summary>
public sealed class Earmark_is_killed_again_and_again
{
    [Fact]
    public Task Nothing_is_lost_and_nothing_counted_twice_in_four_kills() => Survive(kills: 4, simulated: "PT3H", seed: 7);

    [Fact]
    [Trait("Length", "Long")]
    public Task Nothing_is_lost_and_nothing_counted_twice_in_twenty_kills() => Survive(kills: 20, simulated: "PT12H", seed: 20);

    private static async Task Survive(int kills, string simulated, int seed)
    {
        await using var run = FaultRun.Start(await FaultRun.ServerAsync(), simulated, seed);
        var moments = new Random(seed);
        for (var kill = 1; kill <= kills; kill++)
        {
            await Task.Delay(moments.Next(300, 2_500));
            await run.DoAsync(async () =>
            {
                await run.Earmark.KillAsync();
                run.Earmark.Launch();
            });
        }

        await run.FinishAsync($"kill −9 of the whole process × {kills}");
    }
}
