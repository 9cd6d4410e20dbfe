using Earmark.Contracts.Time;
using Earmark.DeviceSim;
using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Time;
using Earmark.Host.Running;
using ClockMode = Earmark.Contracts.Time.ClockMode;

namespace Earmark.Host.Demo;

/// <summary>The demo's devices inside the process. They speak MQTT to the front door like any other and only follow the clock.</summary>
internal sealed class DemoSimulation : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Simulation? simulation;
    private readonly Task running;

    private DemoSimulation(Simulation? simulation, Action<string> say)
    {
        this.simulation = simulation;
        running = simulation is null ? Task.CompletedTask : Task.Run(() => RunAsync(simulation, say));
    }

    public static async Task<DemoSimulation> StartAsync(RunOptions options, DomainClock clock, Action<string> say, CancellationToken cancel)
    {
        if (!options.Simulate)
        {
            return new DemoSimulation(null, say);
        }

        if (!DevicesFile.TryRead(new DemoFiles(options.DataFolder).DevicesPath, out var devices, out var error))
        {
            say($"  No simulated devices: {error}");
            return new DemoSimulation(null, say);
        }

        var (simulation, wrong) = await Simulation.OpenAsync(
            new SimulationOptions
            {
                MqttHost = "127.0.0.1",
                MqttPort = options.MqttPort,
                Devices = devices,
                Clock = new FollowedClock(clock),
                StateFolder = Path.Combine(options.DataFolder, "sim"),
                TruthFile = Path.Combine(options.DataFolder, "sim", "truth.jsonl"),
            },
            cancel);
        if (simulation is null)
        {
            say($"  No simulated devices: {wrong}");
        }

        return new DemoSimulation(simulation, say);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        if (simulation is not null)
        {
            await simulation.DisposeAsync();
        }

        stop.Dispose();
    }

    private async Task RunAsync(Simulation world, Action<string> say)
    {
        try
        {
            await world.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The process is stopping; what was not acknowledged is in the simulator's own outbox.
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            say($"The simulated devices stopped: {failed.Message}");
        }
    }

    private sealed class FollowedClock(DomainClock clock) : ISimulationClock
    {
        public Task<ClockReading> ReadAsync(CancellationToken stop) => Task.FromResult(new ClockReading(
            clock.GetUtcNow(),
            clock.Factor,
            clock.Mode switch
            {
                ClockMode.Stepped => DeviceSim.Time.ClockMode.Stepped,
                ClockMode.Scaled => DeviceSim.Time.ClockMode.Scaled,
                _ => DeviceSim.Time.ClockMode.Real,
            }));

        public Task<ClockReading> StepAsync(int seconds, CancellationToken stop) =>
            throw new InvalidOperationException("The demo follows the clock; only the API steps it.");
    }
}
