using Earmark.Contracts.Sites;
using Earmark.Portal.Api.Requests;

namespace Earmark.Portal.Api.Assets;

/// <summary>An animal as declared: bought, born (a birth is an animal with <c>because</c> birth) or taken over.</summary>
/// <param name="Tag">15-digit ISO 11784 number; null while it has none.</param>
/// <param name="PriceClass">Class prices are given for, e.g. beef-cattle.</param>
/// <param name="Sex">heifer, cow, steer or bull; or female, castrated, male where the age is not known.</param>
/// <param name="WeightKilograms">As weighed or declared at weighedAt.</param>
/// <param name="Weighing">chute, walk-over, group or declared: how far the weight is trusted.</param>
/// <param name="Because">declared, birth, purchase or import.</param>
public sealed record AnimalRequest(
    string AssetId,
    string PriceClass,
    string Breed,
    string Sex,
    string Pen,
    DateTimeOffset BornAt,
    decimal WeightKilograms,
    DateTimeOffset WeighedAt,
    string? Tag = null,
    string Weighing = "declared",
    DateTimeOffset? InsuredUntil = null,
    string Because = "declared") : IChecked
{
    public const decimal HeaviestKilograms = 2_000m;
    public static readonly string[] Sexes = ["heifer", "cow", "steer", "bull", "female", "castrated", "male"];
    public static readonly string[] Weighings = ["chute", "walk-over", "group", "declared"];
    public static readonly string[] Causes = ["declared", "birth", "purchase", "import"];

    public Complaint? Check() => Rule.First(
        Rule.Name(AssetId, "assetId"),
        Rule.Tag(Tag, "tag"),
        Rule.Name(PriceClass, "priceClass"),
        Rule.Name(Breed, "breed"),
        Rule.OneOf(Sex, "sex", Sexes),
        Rule.Name(Pen, "pen"),
        Rule.Kilograms(WeightKilograms, "weightKilograms"),
        Rule.Between(WeightKilograms, 0.001m, HeaviestKilograms, "weightKilograms"),
        Rule.OneOf(Weighing, "weighing", Weighings),
        Rule.OneOf(Because, "because", Causes),
        BornAt > WeighedAt ? new Complaint("weighedAt", "It was weighed before it was born.") : null);

    public AnimalDeclaration ToDeclaration() => new(
        AssetId, Tag, PriceClass, Breed, Sex, Pen, BornAt, (int)Amounts.Grams(WeightKilograms), WeighedAt, Weighing, InsuredUntil, Because);
}
