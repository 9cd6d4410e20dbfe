namespace Earmark.DeviceSim.Time;

/// <summary>A clock in the same process: Earmark's domain time, or plain real time.</summary>
/// <param name="time">The domain's time.</param>
/// <param name="factor">Domain seconds per real second; 1 for real time.</param>
/// <param name="step">How to step it; null when it moves by itself.</param>
public sealed class TimeProviderClock(TimeProvider time, double factor = 1, Func<int, CancellationToken, Task>? step = null) : ISimulationClock
{
    private ClockMode Mode => step is not null ? ClockMode.Stepped : factor == 1 ? ClockMode.Real : ClockMode.Scaled;

    public Task<ClockReading> ReadAsync(CancellationToken stop) =>
        Task.FromResult(new ClockReading(time.GetUtcNow(), factor, Mode));

    public async Task<ClockReading> StepAsync(int seconds, CancellationToken stop)
    {
        await (step ?? throw new InvalidOperationException("This clock moves by itself."))(seconds, stop);
        return await ReadAsync(stop);
    }
}
