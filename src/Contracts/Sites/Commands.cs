using System.Text.Json.Serialization;

namespace Earmark.Contracts.Sites;

/// <summary>
/// A declaration that changes a site. Its JSON form is what the journal keeps, so a published property is never renamed
/// or reused. <see cref="CommandId"/> is made by the caller before the first try.
/// </summary>
[GenerateSerializer, Immutable, Alias("earmark.site-command")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(DefineSite), "define-site")]
[JsonDerivedType(typeof(BindStations), "bind-stations")]
[JsonDerivedType(typeof(SetPolicy), "set-policy")]
[JsonDerivedType(typeof(DeclareAnimals), "declare-animals")]
[JsonDerivedType(typeof(BindTag), "bind-tag")]
[JsonDerivedType(typeof(WeighAnimals), "weigh-animals")]
[JsonDerivedType(typeof(MoveAssets), "move-assets")]
[JsonDerivedType(typeof(RemoveAssets), "remove-assets")]
[JsonDerivedType(typeof(PledgeAssets), "pledge-assets")]
[JsonDerivedType(typeof(ReleaseAssets), "release-assets")]
[JsonDerivedType(typeof(SetCover), "set-cover")]
[JsonDerivedType(typeof(AnswerTransition), "answer-transition")]
[JsonDerivedType(typeof(DeclareLots), "declare-lots")]
[JsonDerivedType(typeof(DeclareShipments), "declare-shipments")]
[JsonDerivedType(typeof(GiveTransfer), "give-transfer")]
[JsonDerivedType(typeof(TakeTransfer), "take-transfer")]
[JsonDerivedType(typeof(CloseTransfer), "close-transfer")]
public abstract record SiteCommand([property: Id(0)] string CommandId, [property: Id(1)] string By);

/// <summary>The answer to a command: accepted at a position, or refused with a stable kebab-case reason and a sentence.</summary>
[GenerateSerializer, Immutable, Alias("earmark.command-receipt")]
public sealed record CommandReceipt(
    [property: Id(0)] bool Accepted,
    [property: Id(1)] string? Reason,
    [property: Id(2)] string? Detail,
    [property: Id(3)] long Position)
{
    public static CommandReceipt Refuse(string reason, string detail) => new(false, reason, detail, 0);
}

[GenerateSerializer, Immutable, Alias("earmark.define-site")]
public sealed record DefineSite(
    string CommandId,
    string By,
    [property: Id(0)] string InstitutionId,
    [property: Id(1)] SiteKind Kind,
    [property: Id(2)] string[] Zones) : SiteCommand(CommandId, By);

/// <summary>Which device of the site covers which zone (a station its pen, a scale its zone, a node its vehicle).</summary>
[GenerateSerializer, Immutable, Alias("earmark.bind-stations")]
public sealed record BindStations(string CommandId, string By, [property: Id(0)] StationBinding[] Stations)
    : SiteCommand(CommandId, By);

/// <param name="CalibratedUntil">For scales: readings after it lower confidence. Null where it does not apply.</param>
[GenerateSerializer, Immutable, Alias("earmark.station-binding")]
public sealed record StationBinding(
    [property: Id(0)] string DeviceId,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Zone,
    [property: Id(3)] DateTimeOffset? CalibratedUntil = null,
    [property: Id(4)] bool Bound = true);

/// <summary>The institution's parameters as they reach the site. Durations in seconds, temperatures in 0.01 °C.</summary>
[GenerateSerializer, Immutable, Alias("earmark.set-policy")]
public sealed record SetPolicy(
    string CommandId,
    string By,
    [property: Id(0)] int FreshnessFlatSeconds = 86_400,
    [property: Id(1)] int FreshnessZeroSeconds = 259_200,
    [property: Id(2)] int UnobservedSeconds = 1_800,
    [property: Id(3)] int MissingSeconds = 21_600,
    [property: Id(4)] int DeadMotionlessMinutes = 240,
    [property: Id(5)] int DeadTemperatureCentidegrees = 3_000,
    [property: Id(6)] bool UnsignedMayRaiseValue = false) : SiteCommand(CommandId, By);

/// <summary>Insurance in force and quarantine, which decide eligibility. Null leaves the present value.</summary>
[GenerateSerializer, Immutable, Alias("earmark.set-cover")]
public sealed record SetCover(
    string CommandId,
    string By,
    [property: Id(0)] string[] AssetIds,
    [property: Id(1)] DateTimeOffset? InsuredUntil,
    [property: Id(2)] bool? Quarantined) : SiteCommand(CommandId, By);

/// <summary>The bank's lock on assets, journaled before it counts.</summary>
[GenerateSerializer, Immutable, Alias("earmark.pledge-assets")]
public sealed record PledgeAssets(
    string CommandId,
    string By,
    [property: Id(0)] string FacilityId,
    [property: Id(1)] string[] AssetIds,
    [property: Id(2)] string RegistrationNumber) : SiteCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("earmark.release-assets")]
public sealed record ReleaseAssets(
    string CommandId,
    string By,
    [property: Id(0)] string FacilityId,
    [property: Id(1)] string[] AssetIds) : SiteCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("earmark.move-assets")]
public sealed record MoveAssets(
    string CommandId,
    string By,
    [property: Id(0)] string[] AssetIds,
    [property: Id(1)] string Zone) : SiteCommand(CommandId, By);

/// <param name="Because">sold, dead, slaughtered, consumed, delivered.</param>
[GenerateSerializer, Immutable, Alias("earmark.remove-assets")]
public sealed record RemoveAssets(
    string CommandId,
    string By,
    [property: Id(0)] string[] AssetIds,
    [property: Id(1)] string Because) : SiteCommand(CommandId, By);

/// <summary>A device grain's answer to a transition; what raises or moves value counts only from this entry.</summary>
[GenerateSerializer, Immutable, Alias("earmark.answer-transition")]
public sealed record AnswerTransition(
    string CommandId,
    string By,
    [property: Id(0)] string AssetId,
    [property: Id(1)] string Transition,
    [property: Id(2)] bool Accepted,
    [property: Id(3)] string? Reason,
    [property: Id(4)] long DeviceVersion) : SiteCommand(CommandId, By);
