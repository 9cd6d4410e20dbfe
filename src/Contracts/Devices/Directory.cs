using Earmark.Contracts.Sites;
using Orleans.Concurrency;

namespace Earmark.Contracts.Devices;

/// <summary>
/// What a gateway may know of the register: one device at a time, by the name it presents. A name that is not in the
/// register never becomes a grain key. Key: 0 (stateless worker).
/// </summary>
[Alias("earmark.device-directory")]
public interface IDeviceDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Null when no device has that name.</summary>
    [Alias("find"), AlwaysInterleave]
    ValueTask<DeviceCredentials?> Find(string deviceId);
}

/// <param name="PasswordHash"><c>$7$101$salt$hash</c>, PBKDF2-SHA512, as Mosquitto writes it.</param>
/// <param name="Keys">Present and earlier frame keys; a frame names one by its id.</param>
[GenerateSerializer, Immutable, Alias("earmark.device-credentials")]
public sealed record DeviceCredentials(
    [property: Id(0)] string DeviceId,
    [property: Id(1)] string Kind,
    [property: Id(2)] string SiteId,
    [property: Id(3)] SiteKind SiteKind,
    [property: Id(4)] string PasswordHash,
    [property: Id(5)] FrameKeyRow[] Keys,
    [property: Id(6)] bool InService,
    [property: Id(7)] bool Simulated);

[GenerateSerializer, Immutable, Alias("earmark.frame-key")]
public sealed record FrameKeyRow([property: Id(0)] int KeyId, [property: Id(1)] byte[] Key);

/// <summary>Keeps what gateways refused, for the device page. Key: 0.</summary>
[Alias("earmark.refusal-log")]
public interface IRefusalLogGrain : IGrainWithIntegerKey
{
    [Alias("record")]
    ValueTask Record(RefusalBatch batch);
}

/// <param name="Overflowed">Refusals that were counted but whose details did not fit the gateway's bounded list.</param>
[GenerateSerializer, Immutable, Alias("earmark.refusal-batch")]
public sealed record RefusalBatch([property: Id(0)] Refusal[] Refusals, [property: Id(1)] long Overflowed)
{
    public const int MaximumRefusals = 1_000;
}

/// <param name="DeviceId">The authenticated device; null where nobody was authenticated.</param>
/// <param name="Reason">Stable kebab-case reason.</param>
/// <param name="FirstBytes">At most 64 bytes of what was sent.</param>
/// <param name="Count">How many alike this row stands for.</param>
[GenerateSerializer, Immutable, Alias("earmark.refusal")]
public sealed record Refusal(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] string? DeviceId,
    [property: Id(2)] string Reason,
    [property: Id(3)] int Offset,
    [property: Id(4)] byte[] FirstBytes,
    [property: Id(5)] long Count)
{
    public const int MaximumFirstBytes = 64;
}
