namespace Earmark.Valuation;

/// <summary>One hearing, as a digest takes it. <see cref="HealthSigns.Unknown"/> for a temperature that is not known.</summary>
/// <param name="ActivityCount">Movements since the tag was last heard.</param>
public readonly record struct DigestReading(ushort ActivityCount, ushort MotionlessMinutes, int TemperatureCentiCelsius);

/// <summary>What a digest knows of one bucket, or of several together.</summary>
/// <param name="Heard">Hearings, at most 1,023 a bucket.</param>
/// <param name="ActivityCount">Movements, at most 524,287 a bucket.</param>
/// <param name="LongestMotionlessMinutes">In tens of minutes, rounded down; at most 2,550.</param>
/// <param name="TemperatureSumHalfDegrees">Sum over <paramref name="TemperatureCount"/> hearings of half degrees above −20 °C.</param>
public readonly record struct DigestSummary(
    int Heard,
    int ActivityCount,
    int LongestMotionlessMinutes,
    int TemperatureCount,
    int TemperatureSumHalfDegrees)
{
    internal const int LowestCentiCelsius = -20_00;

    internal const int StepCentiCelsius = 50;

    /// <summary>Mean at the ear in 0.01 °C, or null without a temperature.</summary>
    public int? MeanTemperatureCentiCelsius =>
        TemperatureCount == 0 ? null : LowestCentiCelsius + (int)((long)TemperatureSumHalfDegrees * StepCentiCelsius / TemperatureCount);

    public DigestSummary With(in DigestSummary other) => new(
        Heard + other.Heard,
        ActivityCount + other.ActivityCount,
        Math.Max(LongestMotionlessMinutes, other.LongestMotionlessMinutes),
        TemperatureCount + other.TemperatureCount,
        TemperatureSumHalfDegrees + other.TemperatureSumHalfDegrees);
}
