using Earmark.Contracts.Sites;
using Earmark.Finance;

namespace Earmark.Silo.Sites;

/// <summary>The institution's parameters in force at the site, as the journal brought them; defaults are those of <see cref="SetPolicy"/>.</summary>
internal sealed record SitePolicy(
    int FreshnessFlatSeconds,
    int FreshnessZeroSeconds,
    int UnobservedSeconds,
    int MissingSeconds,
    int DeadMotionlessMinutes,
    int DeadTemperatureCentidegrees,
    bool UnsignedMayRaiseValue)
{
    public static readonly SitePolicy Default = Of(new SetPolicy("", ""));

    public Ramp Freshness() => new(FreshnessFlatSeconds, FreshnessZeroSeconds);

    public static SitePolicy Of(SetPolicy set) => new(
        set.FreshnessFlatSeconds,
        set.FreshnessZeroSeconds,
        set.UnobservedSeconds,
        set.MissingSeconds,
        set.DeadMotionlessMinutes,
        set.DeadTemperatureCentidegrees,
        set.UnsignedMayRaiseValue);

    /// <summary>What is wrong with a policy as it is set; null when it may stand.</summary>
    public static string? Wrong(SetPolicy set) =>
        !new Ramp(set.FreshnessFlatSeconds, set.FreshnessZeroSeconds).IsValid ? "freshness must be flat first and reach zero later"
        : set.UnobservedSeconds is < 60 or > Seconds.Day ? "unobserved is 60 s to a day"
        : set.MissingSeconds is < 1_800 or > 2 * Seconds.Day ? "missing is half an hour to two days"
        : set.DeadMotionlessMinutes is < 30 or > 2_880 ? "motionless is 30 minutes to two days"
        : set.DeadTemperatureCentidegrees is < 0 or > 3_800 ? "the temperature of the dead is 0 to 38 °C"
        : null;
}
