using Earmark.Contracts.Time;

namespace Earmark.Tests.Silo.Sites;

/// <summary>A domain clock moved by hand.</summary>
internal sealed class HandClock : DomainClock
{
    public static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private DateTimeOffset _now = Start;

    public override ClockMode Mode => ClockMode.Stepped;

    public override double Factor => 0;

    public override DateTimeOffset GetUtcNow() => _now;

    public override DateTimeOffset Advance(TimeSpan step) => _now += step;
}
