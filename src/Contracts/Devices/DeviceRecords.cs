namespace Earmark.Contracts.Devices;

public enum ConnectionState : byte
{
    /// <summary>Never connected, or not since the service started.</summary>
    Unknown = 0,
    Online = 1,

    /// <summary>Connected and sending what it kept while it was away.</summary>
    Buffering = 2,
    Silent = 3,

    /// <summary>Silent for longer than its policy allows; a person has to look.</summary>
    Lost = 4,
}

[GenerateSerializer, Immutable, Alias("earmark.connection-change")]
public readonly record struct ConnectionChange(
    [property: Id(0)] ConnectionState State,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string? RemoteAddress,
    [property: Id(3)] string? Because);

/// <param name="AssetId">The animal, lot or shipment it is bound to now; null when free or a station.</param>
/// <param name="Version">Raised by each decision or act; travels with answers.</param>
[GenerateSerializer, Immutable, Alias("earmark.device-twin")]
public sealed record DeviceTwin(
    [property: Id(0)] string DeviceId,
    [property: Id(1)] string Kind,
    [property: Id(2)] string SiteId,
    [property: Id(3)] string InstitutionId,
    [property: Id(4)] string? AssetId,
    [property: Id(5)] ConnectionState Connection,
    [property: Id(6)] DateTimeOffset? ConnectionSince,
    [property: Id(7)] bool Tampered,
    [property: Id(8)] bool InService,
    [property: Id(9)] string? Firmware,
    [property: Id(10)] long Version,
    [property: Id(11)] DeviceEvent[] Events);

[GenerateSerializer, Immutable, Alias("earmark.device-event")]
public sealed record DeviceEvent(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string What,
    [property: Id(2)] string Detail,
    [property: Id(3)] string By);

/// <summary>Something a site concluded about an asset that its device must agree to.</summary>
/// <param name="TransitionId">Site, asset, kind and the position it rests on: the same for every repetition.</param>
/// <param name="Transition">missing, dead-presumed, found, revived, tampered, tag-lost.</param>
[GenerateSerializer, Immutable, Alias("earmark.asset-transition")]
public sealed record AssetTransition(
    [property: Id(0)] string TransitionId,
    [property: Id(1)] string SiteId,
    [property: Id(2)] string AssetId,
    [property: Id(3)] string Transition,
    [property: Id(4)] DateTimeOffset At,
    [property: Id(5)] string Because);

[GenerateSerializer, Immutable, Alias("earmark.transition-answer")]
public sealed record TransitionAnswer(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] string? Reason,
    [property: Id(2)] long Version);

/// <param name="Act">clear-tamper, take-out-of-service, put-in-service, note.</param>
[GenerateSerializer, Immutable, Alias("earmark.device-act")]
public sealed record DeviceAct(
    [property: Id(0)] string ActId,
    [property: Id(1)] string Act,
    [property: Id(2)] string By,
    [property: Id(3)] string Detail);
