namespace Earmark.Gateway;

public sealed record GatewayOptions
{
    public GatewayLimits Limits { get; init; } = new();

    /// <summary>Real time: of sessions, retries and limits. What is said about assets takes the domain clock instead.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
