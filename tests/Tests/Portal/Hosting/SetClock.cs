using Earmark.Contracts.Time;

namespace Earmark.Tests.Portal.Hosting;

/// <summary>A stepped clock that a test sets.</summary>
public sealed class SetClock : DomainClock
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
    private DateTimeOffset now = Start;

    public override ClockMode Mode => Running;

    public ClockMode Running { get; set; } = ClockMode.Stepped;

    public override double Factor => Mode == ClockMode.Stepped ? 0 : 1;

    public override DateTimeOffset GetUtcNow() => now;

    public override DateTimeOffset Advance(TimeSpan step) =>
        Mode == ClockMode.Stepped ? now += step : throw new InvalidOperationException("not stepped");
}
