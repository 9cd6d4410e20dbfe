namespace Earmark.Valuation;

/// <summary>
/// Weight at a time from the last weighing and the class's prior gain. The growth model that follows feed and several weighings takes this
/// function's place with the same result type; everything after it sees only a <see cref="WeightEstimate"/>.
/// </summary>
public static class WeightRule
{
    private const double SecondsPerDay = 86_400;

    /// <summary>mean = w + gain × t up to maturity; standard error² = weighing² + (gain error × t)² + drift² × t. Uses double inside, hands out whole grams, the error rounded up.</summary>
    /// <param name="secondsSince">Since the weighing; below zero counts as zero.</param>
    public static WeightEstimate Estimate(int weighedGrams, int weighingErrorGrams, long secondsSince, GrowthPrior prior)
    {
        var days = Math.Max(0, secondsSince) / SecondsPerDay;
        var grown = weighedGrams + (prior.DailyGainGrams * days);
        var mean = Math.Clamp(grown, 0, Math.Max(weighedGrams, prior.MatureGrams));
        var gainError = prior.DailyGainStandardErrorGrams * days;
        var variance = ((double)weighingErrorGrams * weighingErrorGrams) + (gainError * gainError) + ((double)prior.DriftGrams * prior.DriftGrams * days);
        return new WeightEstimate((int)mean, (int)Math.Min(int.MaxValue, Math.Ceiling(Math.Sqrt(variance))));
    }
}
