namespace Earmark.Valuation.Growth;

/// <summary>
/// Weight at any time from all weighings of an animal, one after the other (Kalman, level and gain): the live counterpart of
/// <see cref="HerdForecast"/>, in constant memory. Uses double inside and hands out whole grams, errors rounded up.
/// </summary>
public static class GrowthRule
{
    private const double SecondsPerDay = 86_400;

    /// <summary>How far one animal's gain lies from its class's before it is weighed twice. Chosen wide: it covers keeping as well as blood.</summary>
    private const double GainError = 0.40;

    /// <summary>(kg/day)² that a day adds to the doubt of a gain.</summary>
    private const double GainWander = 0.0006;

    /// <summary>Kept cattle slow sooner than the law of their breed says (see <see cref="HerdForecast"/>).</summary>
    private const double KeptSlowing = 0.001;

    /// <summary>A weighing so many standard errors from what was expected is believed less, by as much as it is odd; once more the same and it stands.</summary>
    private const double OddAfter = 3;

    /// <summary>The first weighing: the level is what was weighed, the gain what the class gains at that weight.</summary>
    public static AnimalGrowth Begin(int grams, WeighingKind kind, GrowthCurve curve)
    {
        if (grams <= 0)
        {
            return default;
        }

        var level = Filled(grams, kind);
        return Kept(level, curve.GainAt(level), Square(Error(level, kind)), GainError * GainError, 0);
    }

    /// <summary>A later weighing. One of the same instant with another weight is a correction: it takes the place of what was weighed then.</summary>
    /// <param name="secondsSince">Since the weighing before.</param>
    public static AnimalGrowth Weigh(in AnimalGrowth before, long secondsSince, int grams, WeighingKind kind, GrowthCurve curve)
    {
        if (!before.IsWeighed || grams <= 0)
        {
            return Begin(grams, kind, curve);
        }

        var weighed = Filled(grams, kind);
        var noise = Square(Error(weighed, kind));
        if (secondsSince <= 0)
        {
            return Kept(weighed, Gain(before), noise, Square(before.GainErrorGrams / 1000.0), 0);
        }

        var days = secondsSince / SecondsPerDay;
        var (level, variance) = Ahead(before, days, curve);
        var gainVariance = Square(before.GainErrorGrams / 1000.0) + (GainWander * days);
        var covariance = Covariance(before) + (Square(before.GainErrorGrams / 1000.0) * days) + (GainWander * days * days / 2);
        var surprise = weighed - level;
        var odd = Math.Abs(surprise) / Math.Sqrt(variance + noise);
        noise *= odd > OddAfter ? Square(odd) : 1;
        var (toLevel, toGain) = (variance / (variance + noise), covariance / (variance + noise));
        var gain = Gain(before) > 0 ? Gain(before) / (1 + (Slowing(before, curve) * days)) : Gain(before);
        return Kept(
            level + (toLevel * surprise),
            gain + (toGain * surprise),
            variance * (1 - toLevel),
            Math.Max(0, gainVariance - (toGain * covariance)),
            covariance * (1 - toLevel));
    }

    /// <summary>
    /// The weight at a time; before the last weighing it is that of the weighing. The lower bound is concave in time, so between two instants it is
    /// nowhere below both: a gain that slows less a norm of what grows with time (Cauchy–Schwarz).
    /// </summary>
    /// <param name="secondsSince">Since the last weighing; below zero counts as zero.</param>
    public static WeightEstimate At(in AnimalGrowth growth, long secondsSince, GrowthCurve curve)
    {
        if (!growth.IsWeighed)
        {
            return default;
        }

        var days = Math.Max(0, secondsSince) / SecondsPerDay;
        var (level, variance) = Ahead(growth, days, curve);
        return new WeightEstimate((int)Math.Clamp(level * 1000, 0, int.MaxValue / 2), (int)Math.Min(int.MaxValue / 4, Math.Ceiling(Math.Sqrt(variance) * 1000)));
    }

    // A gain that slows gives days ÷ (1 + λ · days ÷ 2)-fold; losses do not slow, which errs low.
    private static (double Level, double Variance) Ahead(in AnimalGrowth growth, double days, GrowthCurve curve)
    {
        var gain = Gain(growth);
        var worth = gain > 0 ? days / (1 + (Slowing(growth, curve) * days / 2)) : days;
        var variance = Square(growth.LevelErrorDecagrams / 100.0)
            + (2 * Covariance(growth) * days)
            + Square(growth.GainErrorGrams / 1000.0 * days)
            + (GainWander * days * days * days / 3);
        return ((growth.LevelGrams / 1000.0) + (gain * worth), Math.Max(0, variance));
    }

    private static double Slowing(in AnimalGrowth growth, GrowthCurve curve) => Math.Max(0, curve.SlowingAt(growth.LevelGrams / 1000.0)) + KeptSlowing;

    private static AnimalGrowth Kept(double level, double gain, double levelVariance, double gainVariance, double covariance)
    {
        var (levelError, gainError) = (Math.Sqrt(levelVariance), Math.Sqrt(gainVariance));
        var correlation = levelError * gainError > 0 ? covariance / (levelError * gainError) : 0;
        return new AnimalGrowth
        {
            LevelGrams = (int)Math.Round(Math.Clamp(level * 1000, 1, 2_000_000_000)),
            LevelErrorDecagrams = (ushort)Math.Min(ushort.MaxValue, Math.Ceiling(levelError * 100)),
            GainGrams = (short)Math.Round(Math.Clamp(gain * 1000, short.MinValue, short.MaxValue)),
            GainErrorGrams = (ushort)Math.Min(ushort.MaxValue, Math.Ceiling(gainError * 1000)),
            CorrelationThousandths = (short)Math.Round(Math.Clamp(correlation * 1000, -1000, 1000)),
        };
    }

    private static double Gain(in AnimalGrowth growth) => growth.GainGrams / 1000.0;

    private static double Covariance(in AnimalGrowth growth) =>
        growth.CorrelationThousandths / 1000.0 * (growth.LevelErrorDecagrams / 100.0) * (growth.GainErrorGrams / 1000.0);

    private static double Filled(int grams, WeighingKind kind) => kind.WithoutFill(grams) / 1000.0;

    private static double Error(double kilograms, WeighingKind kind) => kind.StandardErrorGrams((int)(kilograms * 1000)) / 1000.0;

    private static double Square(double value) => value * value;
}
