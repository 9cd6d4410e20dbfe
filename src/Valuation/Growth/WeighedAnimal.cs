namespace Earmark.Valuation.Growth;

/// <summary>One weight of one animal.</summary>
/// <param name="Day">Days from any origin, the same for a whole herd; no age.</param>
/// <param name="Kilograms">As weighed, above zero.</param>
public readonly record struct Weighing(int Day, double Kilograms, WeighingKind Kind = WeighingKind.Chute);

/// <summary>An animal and its weighings, in any order; several on a day are taken together.</summary>
/// <param name="Breed">As the register writes it; null when not known.</param>
/// <param name="Sex">Likewise.</param>
public sealed record WeighedAnimal(string Id, IReadOnlyList<Weighing> Weighings, string? Breed = null, string? Sex = null);

/// <summary>The weight of an animal on a day to come: the middle and the 90 % interval, in kg.</summary>
public readonly record struct WeightForecast(string Animal, double MeanKilograms, double LowKilograms, double HighKilograms);
