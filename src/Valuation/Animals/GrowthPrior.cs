namespace Earmark.Valuation;

/// <summary>What a class of animals is expected to gain, for as long as no model knows better.</summary>
/// <param name="DailyGainGrams">Expected gain a day; negative where a class loses.</param>
/// <param name="DailyGainStandardErrorGrams">How unsure that gain is for one animal.</param>
/// <param name="DriftGrams">Standard error that a day adds by itself (gut fill, weather); it grows with the square root of time.</param>
/// <param name="MatureGrams">The mean never grows past it; an animal weighed above it stays where it was.</param>
public sealed record GrowthPrior(int DailyGainGrams, int DailyGainStandardErrorGrams, int DriftGrams, int MatureGrams)
{
    /// <summary>
    /// Growing beef cattle, 1.0 kg a day. The standard error of 0.62 kg is wider than between well-kept animals on purpose: 1.645 × 0.62 &gt; 1.0, so
    /// that the lower bound never ends up above the last weighing on the prior alone; only a weighing raises credit. Chosen, not measured.
    /// </summary>
    public static readonly GrowthPrior BeefCattle = new(1_000, 620, 1_500, 750_000);

    /// <summary>Grown dairy cows hold their weight within the seasons of lactation. Chosen.</summary>
    public static readonly GrowthPrior DairyCattle = new(0, 250, 1_500, 800_000);
}
