namespace Earmark.Contracts.Sites;

[GenerateSerializer, Immutable, Alias("earmark.declare-lots")]
public sealed record DeclareLots(string CommandId, string By, [property: Id(0)] LotDeclaration[] Lots)
    : SiteCommand(CommandId, By);

/// <summary>A lot as booked. Its counted quantity comes from stable weighings, never from the booking alone.</summary>
/// <param name="Reference">What scales print or scan for it (at most 16 characters).</param>
[GenerateSerializer, Immutable, Alias("earmark.lot-declaration")]
public sealed record LotDeclaration(
    [property: Id(0)] string AssetId,
    [property: Id(1)] string Reference,
    [property: Id(2)] string PriceClass,
    [property: Id(3)] string Grade,
    [property: Id(4)] string Zone,
    [property: Id(5)] long BookedGrams,
    [property: Id(6)] DateTimeOffset ReceivedAt,
    [property: Id(7)] DateTimeOffset? ShelfLifeUntil,
    [property: Id(8)] DateTimeOffset? InsuredUntil);

[GenerateSerializer, Immutable, Alias("earmark.declare-shipments")]
public sealed record DeclareShipments(string CommandId, string By, [property: Id(0)] ShipmentDeclaration[] Shipments)
    : SiteCommand(CommandId, By);

/// <param name="NodeId">The GPS node that travels with the goods.</param>
/// <param name="Route">The corridor's centre line; latitudes and longitudes in degrees WGS-84.</param>
[GenerateSerializer, Immutable, Alias("earmark.shipment-declaration")]
public sealed record ShipmentDeclaration(
    [property: Id(0)] string AssetId,
    [property: Id(1)] string NodeId,
    [property: Id(2)] string PriceClass,
    [property: Id(3)] string Grade,
    [property: Id(4)] string Vehicle,
    [property: Id(5)] long WeighedInGrams,
    [property: Id(6)] RoutePoint[] Route,
    [property: Id(7)] int CorridorMetres,
    [property: Id(8)] DateTimeOffset DepartsAt,
    [property: Id(9)] DateTimeOffset DueAt,
    [property: Id(10)] DateTimeOffset? InsuredUntil);

[GenerateSerializer, Immutable, Alias("earmark.route-point")]
public readonly record struct RoutePoint([property: Id(0)] double Latitude, [property: Id(1)] double Longitude);

/// <summary>
/// The giver lets go of goods toward another site: what was held becomes outgoing under the transfer's id, in one entry.
/// </summary>
/// <param name="QuantityGrams">Of goods; 0 for an animal, which goes whole.</param>
[GenerateSerializer, Immutable, Alias("earmark.give-transfer")]
public sealed record GiveTransfer(
    string CommandId,
    string By,
    [property: Id(0)] string TransferId,
    [property: Id(1)] string AssetId,
    [property: Id(2)] long QuantityGrams,
    [property: Id(3)] string ToSiteId) : SiteCommand(CommandId, By);

/// <summary>The taker takes over what the giver let go; from this entry it holds the goods as <paramref name="AssetId"/>.</summary>
/// <param name="GivenPosition">Journal position of the giver's entry; goes into the taker's report, with <paramref name="FromSiteId"/>.</param>
/// <param name="Animal">Where it is one: what its giver knows of it.</param>
[GenerateSerializer, Immutable, Alias("earmark.take-transfer")]
public sealed record TakeTransfer(
    string CommandId,
    string By,
    [property: Id(0)] string TransferId,
    [property: Id(1)] string FromSiteId,
    [property: Id(2)] string AssetId,
    [property: Id(3)] string PriceClass,
    [property: Id(4)] string Grade,
    [property: Id(5)] string Zone,
    [property: Id(6)] long QuantityGrams,
    [property: Id(7)] string? FacilityId,
    [property: Id(8)] string? RegistrationNumber,
    [property: Id(9)] long GivenPosition = 0,
    [property: Id(10)] AnimalPassport? Animal = null) : SiteCommand(CommandId, By);

/// <summary>The giver forgets a transfer the facility has seen accepted; safe to repeat.</summary>
[GenerateSerializer, Immutable, Alias("earmark.close-transfer")]
public sealed record CloseTransfer(string CommandId, string By, [property: Id(0)] string TransferId)
    : SiteCommand(CommandId, By);
