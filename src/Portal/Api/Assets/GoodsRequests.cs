using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Api.Assets;

/// <summary>A lot as booked; what counts comes from stable weighings.</summary>
/// <param name="Reference">What scales print or scan for it, at most 16 characters; default the asset's id.</param>
public sealed record LotRequest(
    string AssetId,
    string PriceClass,
    string Grade,
    string Zone,
    decimal BookedKilograms,
    DateTimeOffset ReceivedAt,
    string? Reference = null,
    DateTimeOffset? ShelfLifeUntil = null,
    DateTimeOffset? InsuredUntil = null) : IChecked
{
    private const int ReferenceCharacters = 16;

    public Complaint? Check() => Rule.First(
        Rule.Name(AssetId, "assetId"),
        (Reference ?? AssetId).Length is 0 or > ReferenceCharacters || !(Reference ?? AssetId).All(c => c is > ' ' and <= '~')
            ? new Complaint("reference", $"It is 1 to {ReferenceCharacters} ASCII characters without blanks.")
            : null,
        Rule.Name(PriceClass, "priceClass"),
        Rule.Name(Grade, "grade"),
        Rule.Name(Zone, "zone"),
        Rule.Kilograms(BookedKilograms, "bookedKilograms"));

    public LotDeclaration ToDeclaration() => new(
        AssetId, Reference ?? AssetId, PriceClass, Grade, Zone, Amounts.Grams(BookedKilograms), ReceivedAt, ShelfLifeUntil, InsuredUntil);
}

/// <summary>Goods on a vehicle, followed by a GPS node along a corridor.</summary>
/// <param name="NodeId">The GPS node that travels with the goods.</param>
/// <param name="Route">Centre line of the corridor: 2 to 500 points.</param>
/// <param name="CorridorMetres">How far to either side it may stray.</param>
public sealed record ShipmentRequest(
    string AssetId,
    string NodeId,
    string PriceClass,
    string Grade,
    string Vehicle,
    decimal WeighedInKilograms,
    RoutePointRequest[] Route,
    int CorridorMetres,
    DateTimeOffset DepartsAt,
    DateTimeOffset DueAt,
    DateTimeOffset? InsuredUntil = null) : IChecked
{
    private const int RoutePoints = 500;
    private const int CorridorMaximumMetres = 50_000;

    public Complaint? Check() => Rule.First(
        Rule.Name(AssetId, "assetId"),
        Rule.Device(NodeId, "nodeId"),
        Rule.Name(PriceClass, "priceClass"),
        Rule.Name(Grade, "grade"),
        Rule.Name(Vehicle, "vehicle"),
        Rule.Kilograms(WeighedInKilograms, "weighedInKilograms"),
        Rule.Between(Route.Length, 2, RoutePoints, "route"),
        Route.Select((point, index) => point.Check($"route[{index}]")).FirstOrDefault(complaint => complaint is not null),
        Rule.Between(CorridorMetres, 1, CorridorMaximumMetres, "corridorMetres"),
        DueAt <= DepartsAt ? new Complaint("dueAt", "It is due before it departs.") : null);

    public ShipmentDeclaration ToDeclaration() => new(
        AssetId,
        NodeId,
        PriceClass,
        Grade,
        Vehicle,
        Amounts.Grams(WeighedInKilograms),
        [.. Route.Select(point => new RoutePoint(point.Latitude, point.Longitude))],
        CorridorMetres,
        DepartsAt,
        DueAt,
        InsuredUntil);
}

/// <summary>Degrees WGS-84.</summary>
public readonly record struct RoutePointRequest(double Latitude, double Longitude)
{
    public Complaint? Check(string path) => Latitude is >= -90 and <= 90 && Longitude is >= -180 and <= 180
        ? null
        : new Complaint(path, "Latitude is between -90 and 90, longitude between -180 and 180.");
}
