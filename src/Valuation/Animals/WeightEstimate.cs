using Earmark.Finance;

namespace Earmark.Valuation;

/// <summary>A weight and how sure it is. Credit rests on the lower end of the 90 % interval, which is the one-sided 95 % bound.</summary>
public readonly record struct WeightEstimate(int MeanGrams, int StandardErrorGrams)
{
    /// <summary>95 % quantile of the standard normal distribution, in thousandths.</summary>
    private const int Quantile95Thousandths = 1_645;

    /// <summary>mean − 1.645 × standard error, rounded down; never below zero.</summary>
    public int LowerGrams => (int)Math.Max(0, MeanGrams - HalfWidthGrams);

    /// <summary>mean + 1.645 × standard error, rounded up.</summary>
    public int UpperGrams => (int)Math.Min(int.MaxValue, MeanGrams + HalfWidthGrams);

    /// <summary>Lower bound ÷ mean, rounded down: the confidence factor. Zero without a weight.</summary>
    public Fraction Confidence => MeanGrams > 0 ? new Fraction((int)((long)LowerGrams * Fraction.Scale / MeanGrams)) : Fraction.Zero;

    private long HalfWidthGrams => (((long)StandardErrorGrams * Quantile95Thousandths) + 999) / 1000;
}
