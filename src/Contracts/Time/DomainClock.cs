namespace Earmark.Contracts.Time;

public enum ClockMode
{
    Real,
    Scaled,
    Stepped,
}

/// <summary>
/// The time of assets and money. Orleans, sessions and TLS run on real time; a scaled or stepped domain clock must
/// never be registered as <see cref="TimeProvider"/> in DI, because Orleans would take it for collecting activations.
/// </summary>
public abstract class DomainClock : TimeProvider
{
    public abstract ClockMode Mode { get; }

    /// <summary>Domain seconds per real second; 1 for a real clock, 0 for a stepped one.</summary>
    public abstract double Factor { get; }

    /// <summary>Moves a stepped clock forward.</summary>
    /// <exception cref="InvalidOperationException">the clock is not stepped</exception>
    public abstract DateTimeOffset Advance(TimeSpan step);
}
