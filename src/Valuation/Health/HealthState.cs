namespace Earmark.Valuation;

public enum HealthState : byte
{
    Healthy,
    Watch,
    Sick,
    DeadPresumed,
}

/// <summary>The sign that decided.</summary>
public enum HealthReason : byte
{
    None,
    TemperatureRaised,
    Fever,
    ActivityLow,
    ActivityVeryLow,
    Motionless,
    MotionlessAndColderThanUsual,
    MotionlessAndCold,
}

public readonly record struct HealthVerdict(HealthState State, HealthReason Reason);

/// <summary>What is known of an animal when it was last heard. <see cref="Unknown"/> stands for no reading; silence itself is no sign here.</summary>
/// <param name="MotionlessMinutes">As the tag counts them.</param>
/// <param name="TemperatureCentiCelsius">At the ear, 0.01 °C.</param>
/// <param name="UsualTemperatureCentiCelsius">Its own mean over the days before (see <see cref="DigestSigns"/>).</param>
/// <param name="ActivityMillionthsOfUsual">Movements of the last day over those of the day before; 1,000,000 is as usual.</param>
public readonly record struct HealthSigns(
    int MotionlessMinutes,
    int TemperatureCentiCelsius,
    int UsualTemperatureCentiCelsius,
    int ActivityMillionthsOfUsual)
{
    public const int Unknown = int.MinValue;
}

public static class HealthCodes
{
    /// <summary>As the API and the pages write it.</summary>
    public static string Code(this HealthState state) => state switch
    {
        HealthState.Healthy => "healthy",
        HealthState.Watch => "watch",
        HealthState.Sick => "sick",
        HealthState.DeadPresumed => "dead-presumed",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    public static string Code(this HealthReason reason) => reason switch
    {
        HealthReason.None => "none",
        HealthReason.TemperatureRaised => "temperature-raised",
        HealthReason.Fever => "fever",
        HealthReason.ActivityLow => "activity-low",
        HealthReason.ActivityVeryLow => "activity-very-low",
        HealthReason.Motionless => "motionless",
        HealthReason.MotionlessAndColderThanUsual => "motionless-and-colder-than-usual",
        HealthReason.MotionlessAndCold => "motionless-and-cold",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
