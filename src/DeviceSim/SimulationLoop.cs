using Earmark.DeviceSim.Time;

namespace Earmark.DeviceSim;

/// <summary>Keeps a simulation with its clock: polls it, or, when driving, steps it round by round.</summary>
internal sealed class SimulationLoop(Simulation simulation)
{
    private static readonly TimeSpan SlowestPoll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan QuickestPoll = TimeSpan.FromMilliseconds(50);

    /// <summary>Fast clocks are looked at this often in their own time.</summary>
    private static readonly TimeSpan DomainPoll = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryClock = TimeSpan.FromSeconds(1);

    private readonly ISimulationClock _clock = simulation.Options.Clock;
    private readonly DateTimeOffset? _end = simulation.Sites.Now + simulation.Options.RunFor;

    private ClockReading? _stepped;

    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (simulation.Options.Drive ? await DriveAsync(stop) : await FollowAsync(stop))
            {
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<bool> FollowAsync(CancellationToken stop)
    {
        ClockReading clock = await ReadAsync(stop);
        await simulation.AdvanceAsync(clock.Now, stop);
        if (clock.Now >= _end)
        {
            return false;
        }

        TimeSpan pause = clock.Mode == ClockMode.Stepped ? QuickestPoll : DomainPoll / Math.Max(clock.Factor, 0.01);
        await Task.Delay(TimeSpan.FromTicks(Math.Clamp(pause.Ticks, QuickestPoll.Ticks, SlowestPoll.Ticks)), stop);
        return true;
    }

    private async Task<bool> DriveAsync(CancellationToken stop)
    {
        // Connected first: a frame made without a link would call itself backlog.
        await simulation.OnlineAsync(stop);
        ClockReading clock = _stepped ?? await ReadAsync(stop);
        await simulation.AdvanceAsync(clock.Now, stop);
        await simulation.SettledAsync(stop);
        if (clock.Now >= _end)
        {
            return false;
        }

        if (clock.Mode != ClockMode.Stepped)
        {
            throw new InvalidOperationException("Only a stepped clock can be driven; start Earmark with --clock stepped, or leave --drive out.");
        }

        double left = ((_end ?? DateTimeOffset.MaxValue) - clock.Now).TotalSeconds;
        _stepped = await StepAsync((int)Math.Clamp(Math.Ceiling(left), 1, ClockSteps.RoundSeconds), stop);
        return true;
    }

    /// <summary>Earmark may be down; the simulation is what goes on.</summary>
    private async Task<ClockReading> ReadAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await _clock.ReadAsync(stop);
            }
            catch (Exception e) when (IsUnreachable(e, stop))
            {
                await Task.Delay(RetryClock, stop);
            }
        }
    }

    /// <returns>Where the step led; null when that is not known.</returns>
    private async Task<ClockReading?> StepAsync(int seconds, CancellationToken stop)
    {
        try
        {
            return await _clock.StepAsync(seconds, stop);
        }
        catch (Exception e) when (IsUnreachable(e, stop))
        {
            // Whether it stepped is seen by reading the clock, not by asking for the same step again.
            await Task.Delay(RetryClock, stop);
            return null;
        }
    }

    /// <summary>A clock that answers "no" (wrong key, not steppable) will go on saying so.</summary>
    internal static bool MayComeBack(HttpRequestException e) => e.StatusCode is null || (int)e.StatusCode >= 500;

    private static bool IsUnreachable(Exception e, CancellationToken stop) =>
        (e is HttpRequestException http && MayComeBack(http)) || (e is TaskCanceledException && !stop.IsCancellationRequested);
}
