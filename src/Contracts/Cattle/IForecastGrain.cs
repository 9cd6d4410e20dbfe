namespace Earmark.Contracts.Cattle;

/// <summary>Weights of animals on a day to come, from weighings that come with the question: keeps nothing, knows no institution. Key: 0.</summary>
[Alias("earmark.forecast")]
public interface IForecastGrain : IGrainWithIntegerKey
{
    [Alias("forecast")]
    Task<WeightForecastAnswer> Forecast(WeightForecastQuestion question);
}

/// <param name="Day">The day asked for: a whole number from any origin, or yyyy-MM-dd; the weighings' days are of the same kind.</param>
/// <param name="Rows">Weighings as written; empty when <paramref name="Csv"/> is given.</param>
/// <param name="Csv">Header line and lines with animal, day, kg and, if known, breed and sex.</param>
[GenerateSerializer, Immutable, Alias("earmark.weight-forecast-question")]
public sealed record WeightForecastQuestion(
    [property: Id(0)] string Day,
    [property: Id(1)] AnimalWeighing[] Rows,
    [property: Id(2)] string? Csv);

[GenerateSerializer, Immutable, Alias("earmark.animal-weighing")]
public sealed record AnimalWeighing(
    [property: Id(0)] string Animal,
    [property: Id(1)] string Day,
    [property: Id(2)] decimal Kilograms,
    [property: Id(3)] string? Breed,
    [property: Id(4)] string? Sex);

/// <param name="Wrong">Why there is no answer; null when there is one.</param>
/// <param name="Forecasts">One an animal, in the order of first appearance.</param>
/// <param name="Refused">Lines that were passed over.</param>
[GenerateSerializer, Immutable, Alias("earmark.weight-forecast-answer")]
public sealed record WeightForecastAnswer(
    [property: Id(0)] string? Wrong,
    [property: Id(1)] AnimalForecast[] Forecasts,
    [property: Id(2)] RefusedWeighing[] Refused);

/// <summary>Kilograms with two decimals; low and high are the ends of the 90 % interval.</summary>
[GenerateSerializer, Immutable, Alias("earmark.animal-forecast")]
public sealed record AnimalForecast(
    [property: Id(0)] string Animal,
    [property: Id(1)] decimal MeanKg,
    [property: Id(2)] decimal LowKg,
    [property: Id(3)] decimal HighKg);

/// <param name="Line">From 1; the header of a CSV is line 1.</param>
[GenerateSerializer, Immutable, Alias("earmark.refused-weighing")]
public sealed record RefusedWeighing([property: Id(0)] int Line, [property: Id(1)] string Because);
