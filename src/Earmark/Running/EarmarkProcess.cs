using Earmark.Contracts.Time;
using Earmark.Host.Demo;

namespace Earmark.Host.Running;

/// <summary><c>earmark run</c> from start to stop: lock, clock, parts, demo, address, Ctrl-C.</summary>
internal static class EarmarkProcess
{
    public const int CannotStart = 2;

    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancel)
    {
        using var folder = FolderLock.TryTake(options.DataFolder, out var reason);
        if (folder is null)
        {
            return Refuse(reason);
        }

        foreach (var (port, option) in new[] { (options.Port, "--port"), (options.MqttPort, "--mqtt-port") })
        {
            if (FreePort.IsTaken(port))
            {
                return Refuse($"Port {port} on 127.0.0.1 is taken. Give another {option}.");
            }
        }

        using var clock = FolderClock.Open(options.DataFolder, options.Mode, options.Speed, TimeProvider.System);
        if (clock.Mode != ClockMode.Real)
        {
            Say($"The domain's clock is {clock.Mode.ToString().ToLowerInvariant()} (factor {clock.Factor:0.##}), now {clock.GetUtcNow():u}. Real devices are refused.");
        }

        Say($"Opening {options.DataFolder} …");
        await using var app = EarmarkParts.Compose(options, clock);
        try
        {
            await app.StartAsync(cancel);
        }
        catch (IOException taken)
        {
            return Refuse($"Earmark could not listen: {taken.Message}");
        }

        try
        {
            var demo = await DemoHouse.PrepareAsync(app.Services, options, clock, Say, cancel);
            clock.Release();
            await using var simulation = await DemoSimulation.StartAsync(options, clock, Say, cancel);
            Banner.Print(options, demo);
            await app.WaitForShutdownAsync(cancel);
            Say("Stopping …");
        }
        finally
        {
            await app.StopAsync(CancellationToken.None);
        }

        Say("Stopped. Start again to go on where it was.");
        return 0;
    }

    private static void Say(string line) => Console.WriteLine(line);

    /// <summary>Says on standard error why it does not start.</summary>
    public static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason);
        return CannotStart;
    }
}
