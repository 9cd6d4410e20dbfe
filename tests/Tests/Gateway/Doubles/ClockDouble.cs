using Earmark.Contracts.Time;

namespace Earmark.Tests.Gateway.Doubles;

/// <summary>Domain time that stands still, so that a test can tell it from real time.</summary>
internal sealed class ClockDouble : DomainClock
{
    public static readonly DateTimeOffset Now = new(2031, 5, 1, 8, 0, 0, TimeSpan.Zero);

    public override ClockMode Mode => ClockMode.Stepped;

    public override double Factor => 0;

    public override DateTimeOffset GetUtcNow() => Now;

    public override DateTimeOffset Advance(TimeSpan step) => throw new InvalidOperationException("this clock stands still");
}
