using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Link;
using Earmark.DeviceSim.Scripts;
using Earmark.DeviceSim.Time;

namespace Earmark.DeviceSim;

/// <summary>The command <c>earmark sim</c>.</summary>
public static class SimCommand
{
    private const int Good = 0;
    private const int Failed = 1;
    private const int Misused = 2;

    private static readonly TimeSpan RetryClock = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(30);

    /// <returns>Exit code: 0 done or stopped, 1 it could not run, 2 the arguments are wrong.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken stop)
    {
        if (args.Contains("--help"))
        {
            Console.Out.WriteLine(SimulatorOptions.Usage);
            return Good;
        }

        if (!SimulatorOptions.TryParse(args, out SimulatorOptions? options, out string error))
        {
            return Complain($"{error}\n{SimulatorOptions.Usage}", Misused);
        }

        Scenario? scenario = null;
        if (options.Script is not null && !BundledScenarios.TryFind(options.Script, out scenario, out error))
        {
            return Complain(error, Misused);
        }

        if (!DevicesFile.TryRead(options.DevicesFile, out IReadOnlyList<SimulatedDevice>? devices, out error))
        {
            return Complain(error, Misused);
        }

        using EarmarkClock? earmark = options.Clock is null ? null : new EarmarkClock(options.Clock, options.ApiKey);
        var simulation = new SimulationOptions
        {
            MqttHost = options.MqttHost,
            MqttPort = options.MqttPort,
            Devices = devices,
            Clock = earmark is not null ? earmark : new TimeProviderClock(TimeProvider.System),
            StateFolder = options.StateFolder,
            Seed = options.Seed,
            Scenario = scenario,
            TruthFile = options.TruthFile,
            Drive = options.Drive,
            RunFor = options.RunFor,
        };
        try
        {
            return await RunAsync(simulation, stop);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or InvalidOperationException or HttpRequestException)
        {
            return Complain(e.Message, Failed);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Good;
        }
    }

    private static async Task<int> RunAsync(SimulationOptions options, CancellationToken stop)
    {
        (Simulation? opened, string error) = await OpenAsync(options, stop);
        if (opened is null)
        {
            return Complain(error, Failed);
        }

        await using Simulation simulation = opened;
        Console.Out.WriteLine(
            $"Simulating {simulation.Sites.Devices.Count} devices and {options.Devices.Count - simulation.Sites.Devices.Count} ear tags"
            + $" from {simulation.Sites.Now:u}, seed {simulation.Sites.World.Seed}, state in {options.StateFolder}.");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task reporting = ReportAsync(simulation, done.Token);
        await simulation.RunAsync(stop);
        await done.CancelAsync();
        await reporting;
        Console.Out.WriteLine(Status(simulation));
        return Good;
    }

    private static async Task<(Simulation? Simulation, string Error)> OpenAsync(SimulationOptions options, CancellationToken stop)
    {
        for (bool told = false; ; told = true)
        {
            try
            {
                return await Simulation.OpenAsync(options, stop);
            }
            catch (HttpRequestException e) when (SimulationLoop.MayComeBack(e))
            {
                if (!told)
                {
                    Console.Error.WriteLine($"Waiting for Earmark's clock: {e.Message}");
                }

                await Task.Delay(RetryClock, stop);
            }
        }
    }

    private static async Task ReportAsync(Simulation simulation, CancellationToken done)
    {
        while (true)
        {
            await Task.Delay(ReportEvery, done).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (done.IsCancellationRequested)
            {
                return;
            }

            Console.Out.WriteLine(Status(simulation));
        }
    }

    private static string Status(Simulation simulation)
    {
        LinkCounters counters = simulation.Counters;
        string problem = simulation.Links.Select(link => link.IsOnline ? null : link.LastProblem).FirstOrDefault(p => p is not null) is { } last
            ? $"; a link is down: {last}"
            : "";
        return $"{simulation.Sites.Now:u}: {counters.Online} of {simulation.Links.Count} online, {counters.Made} frames made,"
            + $" {counters.Acknowledged} acknowledged, {counters.Refused} refused, {counters.Dropped} dropped, {counters.Resent} sent again{problem}";
    }

    private static int Complain(string error, int code)
    {
        Console.Error.WriteLine(error);
        return code;
    }
}
