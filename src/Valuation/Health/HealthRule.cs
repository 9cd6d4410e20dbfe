using Earmark.Finance;

namespace Earmark.Valuation;

/// <summary>Healthy 1, watch 0.8, sick 0.5, dead presumed 0 (domain.md), from a few plain signs. Pure and free of allocation.</summary>
public static class HealthRule
{
    private static readonly Fraction WatchFactor = new(800_000);
    private static readonly Fraction SickFactor = new(500_000);

    /// <summary>
    /// Death is presumed only on two signs together: no movement for <see cref="HealthParameters.DeadMotionlessMinutes"/> and an ear that has cooled.
    /// Without a temperature it is never presumed, however still the tag lies.
    /// </summary>
    public static HealthVerdict Assess(in HealthSigns signs, HealthParameters parameters)
    {
        var isMotionless = signs.MotionlessMinutes >= parameters.DeadMotionlessMinutes;
        var isTemperatureKnown = signs.TemperatureCentiCelsius != HealthSigns.Unknown;
        var isUsualKnown = isTemperatureKnown && signs.UsualTemperatureCentiCelsius != HealthSigns.Unknown;
        var aboveUsual = isUsualKnown ? signs.TemperatureCentiCelsius - signs.UsualTemperatureCentiCelsius : 0;
        if (isMotionless && isUsualKnown && -aboveUsual >= parameters.DeadBelowUsualCentiCelsius)
        {
            return new HealthVerdict(HealthState.DeadPresumed, HealthReason.MotionlessAndColderThanUsual);
        }

        if (isMotionless && isTemperatureKnown && signs.TemperatureCentiCelsius < parameters.DeadBelowCentiCelsius)
        {
            return new HealthVerdict(HealthState.DeadPresumed, HealthReason.MotionlessAndCold);
        }

        return isMotionless
            ? new HealthVerdict(HealthState.Sick, HealthReason.Motionless)
            : AssessLiving(signs.ActivityMillionthsOfUsual, aboveUsual, parameters);
    }

    public static Fraction Factor(HealthState state) => state switch
    {
        HealthState.Healthy => Fraction.One,
        HealthState.Watch => WatchFactor,
        HealthState.Sick => SickFactor,
        _ => Fraction.Zero,
    };

    private static HealthVerdict AssessLiving(int activity, int aboveUsual, HealthParameters parameters)
    {
        var isActivityKnown = activity != HealthSigns.Unknown;
        if (isActivityKnown && activity < parameters.SickActivityMillionths)
        {
            return new HealthVerdict(HealthState.Sick, HealthReason.ActivityVeryLow);
        }

        var isLow = isActivityKnown && activity < parameters.WatchActivityMillionths;
        // A warm afternoon warms every ear by a degree or two; only with low activity is that taken for the animal's own fever.
        if (isLow && aboveUsual >= parameters.FeverAboveUsualCentiCelsius)
        {
            return new HealthVerdict(HealthState.Sick, HealthReason.Fever);
        }

        if (aboveUsual >= parameters.WatchAboveUsualCentiCelsius)
        {
            return new HealthVerdict(HealthState.Watch, HealthReason.TemperatureRaised);
        }

        return isLow ? new HealthVerdict(HealthState.Watch, HealthReason.ActivityLow) : default;
    }
}
