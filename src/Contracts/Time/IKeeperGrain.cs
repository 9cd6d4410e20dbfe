namespace Earmark.Contracts.Time;

/// <summary>
/// Ticks every site and facility of the Book at least once a minute, which also activates them after a restart.
/// Key: 0. Each silo's host beats it; a grain's own timer would keep nothing alive.
/// </summary>
[Alias("earmark.keeper")]
public interface IKeeperGrain : IGrainWithIntegerKey
{
    /// <summary>Ticks what is due at <paramref name="now"/> (domain time).</summary>
    [Alias("beat")]
    ValueTask Beat(DateTimeOffset now);

    /// <summary>Ticks every site, delivers their reports, then ticks every facility: after it, all that was acknowledged shows.</summary>
    [Alias("settle")]
    ValueTask<SettleReceipt> Settle(DateTimeOffset now);
}

[GenerateSerializer, Immutable, Alias("earmark.settle-receipt")]
public sealed record SettleReceipt(
    [property: Id(0)] int Sites,
    [property: Id(1)] int Facilities,
    [property: Id(2)] string[] Failures);
