namespace Earmark.Contracts.Sites;

/// <summary>Animals as declared: by import, purchase or birth. A known animal is updated, not doubled.</summary>
[GenerateSerializer, Immutable, Alias("earmark.declare-animals")]
public sealed record DeclareAnimals(string CommandId, string By, [property: Id(0)] AnimalDeclaration[] Animals)
    : SiteCommand(CommandId, By);

/// <param name="Tag">15-digit ISO 11784 number of its ear tag; null while it has none.</param>
/// <param name="PriceClass">Name of the class prices are given for, e.g. <c>beef-cattle</c>.</param>
/// <param name="Breed">Grade of the class, e.g. <c>simmental</c>.</param>
/// <param name="WeightGrams">As last weighed (or declared) at <paramref name="WeighedAt"/>.</param>
/// <param name="Because">declared, birth, purchase or import.</param>
[GenerateSerializer, Immutable, Alias("earmark.animal-declaration")]
public sealed record AnimalDeclaration(
    [property: Id(0)] string AssetId,
    [property: Id(1)] string? Tag,
    [property: Id(2)] string PriceClass,
    [property: Id(3)] string Breed,
    [property: Id(4)] string Sex,
    [property: Id(5)] string Pen,
    [property: Id(6)] DateTimeOffset BornAt,
    [property: Id(7)] int WeightGrams,
    [property: Id(8)] DateTimeOffset WeighedAt,
    [property: Id(9)] string Weighing,
    [property: Id(10)] DateTimeOffset? InsuredUntil,
    [property: Id(11)] string Because = "declared");

/// <summary>What goes with an animal from ranch to ranch, so that moving makes it neither fresher, healthier nor heavier.</summary>
/// <param name="Animal">As declared and last weighed, with its tag; id and pen are the giver's.</param>
/// <param name="QuantityGrams">What the giver's entry says is under way.</param>
/// <param name="LastHeardAt">By the giver's stations; null for an animal never heard.</param>
/// <param name="Health">Number of its state of health; 0 healthy.</param>
/// <param name="HealthReason">Number of the reason for it.</param>
[GenerateSerializer, Immutable, Alias("earmark.animal-passport")]
public sealed record AnimalPassport(
    [property: Id(0)] AnimalDeclaration Animal,
    [property: Id(1)] long QuantityGrams,
    [property: Id(2)] DateTimeOffset? LastHeardAt,
    [property: Id(3)] byte Health,
    [property: Id(4)] byte HealthReason,
    [property: Id(5)] DateTimeOffset? HealthSince);

/// <summary>Binds a tag to an animal, or with a null tag takes it off (lost tag). The old binding stays in history.</summary>
[GenerateSerializer, Immutable, Alias("earmark.bind-tag")]
public sealed record BindTag(
    string CommandId,
    string By,
    [property: Id(0)] string AssetId,
    [property: Id(1)] string? Tag,
    [property: Id(2)] string Because) : SiteCommand(CommandId, By);

[GenerateSerializer, Immutable, Alias("earmark.weigh-animals")]
public sealed record WeighAnimals(string CommandId, string By, [property: Id(0)] Weighing[] Weighings)
    : SiteCommand(CommandId, By);

/// <param name="Kind">chute, walk-over, group or declared.</param>
[GenerateSerializer, Immutable, Alias("earmark.weighing")]
public sealed record Weighing(
    [property: Id(0)] string AssetId,
    [property: Id(1)] int WeightGrams,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Kind);
