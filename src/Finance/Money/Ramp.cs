namespace Earmark.Finance;

/// <summary>What a reading or a price is worth by its age: 1 up to <see cref="FlatSeconds"/>, then straight down to 0 at <see cref="ZeroSeconds"/>. Never rises with age.</summary>
public readonly record struct Ramp(long FlatSeconds, long ZeroSeconds)
{
    public bool IsValid => FlatSeconds >= 0 && ZeroSeconds > FlatSeconds && ZeroSeconds <= MaximumSeconds;

    /// <summary>Ten years; beyond it a ramp would say nothing.</summary>
    public const long MaximumSeconds = 10L * 366 * 86_400;

    /// <summary>The factor at an age in seconds, rounded down. An age below zero (clock skew) counts as fresh; it was judged on arrival.</summary>
    public Fraction At(long ageSeconds)
    {
        if (ageSeconds <= FlatSeconds)
        {
            return Fraction.One;
        }

        return ageSeconds >= ZeroSeconds
            ? Fraction.Zero
            : new Fraction((int)((ZeroSeconds - ageSeconds) * Fraction.Scale / (ZeroSeconds - FlatSeconds)));
    }

    public Fraction At(TimeSpan age) => At((long)Math.Ceiling(age.TotalSeconds));
}
