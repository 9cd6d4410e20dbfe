namespace Earmark.Contracts.Lending;

/// <summary>All prices of an institution at one version; one LTV has exactly one of these.</summary>
[GenerateSerializer, Immutable, Alias("earmark.price-table")]
public sealed record PriceTable(
    [property: Id(0)] string InstitutionId,
    [property: Id(1)] long Version,
    [property: Id(2)] PriceLine[] Lines);

/// <param name="Grade">Empty for every grade of the class that has no line of its own.</param>
/// <param name="FenPerTonne">分 per 1,000 kg: 30.00 yuan/kg = 3,000,000.</param>
/// <param name="EffectiveAt">From when it holds; its age runs from here along the staleness ramp.</param>
[GenerateSerializer, Immutable, Alias("earmark.price-line")]
public sealed record PriceLine(
    [property: Id(0)] string PriceClass,
    [property: Id(1)] string Grade,
    [property: Id(2)] long FenPerTonne,
    [property: Id(3)] DateTimeOffset EffectiveAt,
    [property: Id(4)] string Source);
