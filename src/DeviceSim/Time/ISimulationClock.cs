namespace Earmark.DeviceSim.Time;

/// <summary>How Earmark's clock goes.</summary>
public enum ClockMode
{
    Real,
    Scaled,

    /// <summary>It stands until someone steps it.</summary>
    Stepped,
}

/// <param name="Now">Domain time, UTC.</param>
/// <param name="Factor">Domain seconds per real second; of no meaning when stepped.</param>
public readonly record struct ClockReading(DateTimeOffset Now, double Factor, ClockMode Mode);

/// <summary>The clock the simulated world follows: Earmark's, near or far.</summary>
public interface ISimulationClock
{
    /// <exception cref="HttpRequestException">It cannot be reached; the simulation waits and asks again.</exception>
    Task<ClockReading> ReadAsync(CancellationToken stop);

    /// <summary>Moves a stepped clock on; returns when Earmark has done what the step brings, with the time then.</summary>
    /// <param name="seconds">1 to <see cref="ClockSteps.MaxSeconds"/>.</param>
    Task<ClockReading> StepAsync(int seconds, CancellationToken stop);
}

/// <summary>Sizes of steps.</summary>
public static class ClockSteps
{
    /// <summary>One reporting round, what the simulation takes at a time.</summary>
    public const int RoundSeconds = 60;

    /// <summary>Earmark takes no more at once: past it, its own ticks would be skipped.</summary>
    public const int MaxSeconds = 300;
}
