using Earmark.Contracts.Devices;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Api.Assets;

/// <param name="Tag">15 digits, or null to take the tag off.</param>
/// <param name="Because">first-tag, lost, damaged, replaced or corrected.</param>
public sealed record TagRequest(string? Tag, string Because, string? Id = null) : IChecked
{
    public Complaint? Check() => Rule.First(
        Rule.Tag(Tag, "tag"),
        Rule.OneOf(Because, "because", "first-tag", "lost", "damaged", "replaced", "corrected"),
        Rule.CallerId(Id, "id"));
}

/// <param name="Kind">chute, walk-over, group or declared.</param>
public sealed record WeighingRequest(decimal WeightKilograms, DateTimeOffset At, string Kind, string? Id = null) : IChecked
{
    public Complaint? Check() => Rule.First(
        Rule.Kilograms(WeightKilograms, "weightKilograms"),
        Rule.Between(WeightKilograms, 0.001m, AnimalRequest.HeaviestKilograms, "weightKilograms"),
        Rule.OneOf(Kind, "kind", AnimalRequest.Weighings),
        Rule.CallerId(Id, "id"));
}

/// <param name="Zone">Pen or zone of the same site.</param>
public sealed record MoveRequest(string Zone, string? Id = null) : IChecked
{
    public Complaint? Check() => Rule.First(Rule.Name(Zone, "zone"), Rule.CallerId(Id, "id"));
}

/// <param name="Because">sold, dead, slaughtered, consumed or delivered.</param>
public sealed record RemovalRequest(string Because, string? Id = null) : IChecked
{
    public static readonly string[] Causes = ["sold", "dead", "slaughtered", "consumed", "delivered"];

    public Complaint? Check() => Rule.First(Rule.OneOf(Because, "because", Causes), Rule.CallerId(Id, "id"));
}

/// <summary>Insurance in force and quarantine; null leaves the present value.</summary>
public sealed record CoverRequest(DateTimeOffset? InsuredUntil = null, bool? Quarantined = null, string? Id = null) : IChecked
{
    public Complaint? Check() => Rule.First(
        InsuredUntil is null && Quarantined is null ? new Complaint("", "It changes nothing.") : null,
        Rule.CallerId(Id, "id"));
}

/// <summary>Goods, or one animal, from one site to another of the same institution; safe to repeat, resumes where it was.</summary>
/// <param name="Id">The transfer's id, made by the caller.</param>
/// <param name="QuantityKilograms">Of goods; 0 or left out for an animal, which goes whole.</param>
/// <param name="ToAssetId">How the taker names what it takes.</param>
/// <param name="ToZone">Zone, pen or vehicle at the taker.</param>
public sealed record TransferRequest(
    string FromSiteId, string AssetId, string ToSiteId, string ToAssetId, string ToZone, decimal QuantityKilograms = 0, string? Id = null) : IChecked
{
    public Complaint? Check() => Rule.First(
        Rule.Name(FromSiteId, "fromSiteId"),
        Rule.Name(AssetId, "assetId"),
        QuantityKilograms == 0 ? null : Rule.Kilograms(QuantityKilograms, "quantityKilograms"),
        Rule.Name(ToSiteId, "toSiteId"),
        FromSiteId == ToSiteId ? new Complaint("toSiteId", "Giver and taker are the same site.") : null,
        Rule.Name(ToAssetId, "toAssetId"),
        Rule.Name(ToZone, "toZone"),
        Rule.CallerId(Id, "id"));

    public TransferOrder Order(string id, string by) => new(id, by, FromSiteId, AssetId, Amounts.Grams(QuantityKilograms), ToSiteId, ToAssetId, ToZone);
}
