using Earmark.DeviceSim.Time;

namespace Earmark.Tests.DeviceSim;

/// <summary>A stepped clock in the test's hand; counts its steps.</summary>
internal sealed class HandClock(DateTimeOffset start) : ISimulationClock
{
    public DateTimeOffset Now { get; set; } = start;

    public List<int> Steps { get; } = [];

    public Action<int>? Stepped { get; set; }

    public Task<ClockReading> ReadAsync(CancellationToken stop) => Task.FromResult(new ClockReading(Now, 0, ClockMode.Stepped));

    public Task<ClockReading> StepAsync(int seconds, CancellationToken stop)
    {
        Steps.Add(seconds);
        Now += TimeSpan.FromSeconds(seconds);
        Stepped?.Invoke(seconds);
        return ReadAsync(stop);
    }
}
