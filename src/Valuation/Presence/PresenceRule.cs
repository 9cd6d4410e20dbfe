namespace Earmark.Valuation;

public enum Presence : byte
{
    Present,

    /// <summary>Not heard for longer than usual while its stations were.</summary>
    Silent,

    /// <summary>Not heard for so long, in time its stations did hear, that it is taken to be gone.</summary>
    Missing,

    /// <summary>Not heard, but neither are its stations: an outage is not a theft.</summary>
    Unobserved,
}

/// <summary>When silence becomes a finding. All of it counts covered time only (see <see cref="CoverageClock"/>). Chosen; a policy of the institution.</summary>
/// <param name="SilentAfterSeconds">At rounds of a minute and 60–95 % heard, half an hour of silence is far outside chance.</param>
/// <param name="MissingAfterSeconds">So that a single missing animal is found within six hours.</param>
/// <param name="SilentAfterGaps">Or this many of the animal's own usual gaps between hearings, whichever is longer.</param>
/// <param name="MissingAfterGaps">Likewise.</param>
/// <param name="MissingAtMostSeconds">No rhythm makes an animal unmissable.</param>
public sealed record PresenceParameters(
    int SilentAfterSeconds,
    int MissingAfterSeconds,
    int SilentAfterGaps,
    int MissingAfterGaps,
    int MissingAtMostSeconds)
{
    public static readonly PresenceParameters Default = new(30 * 60, 5 * 3_600, 6, 24, 24 * 3_600);
}

public static class PresenceRule
{
    /// <summary>Free of allocation and of memory: a hearing makes it present again, and a finding made before an outage stands through it.</summary>
    /// <param name="coveredSecondsSinceHeard">Coverage of its station now minus coverage when it was last heard.</param>
    /// <param name="usualGapSeconds">Its usual time between hearings; 0 when not known.</param>
    /// <param name="isObserved">Its station is heard now.</param>
    public static Presence Assess(long coveredSecondsSinceHeard, int usualGapSeconds, bool isObserved, PresenceParameters parameters)
    {
        var missingAfter = Math.Max(parameters.MissingAfterSeconds, (long)usualGapSeconds * parameters.MissingAfterGaps);
        if (coveredSecondsSinceHeard >= Math.Min(missingAfter, parameters.MissingAtMostSeconds))
        {
            return Presence.Missing;
        }

        if (!isObserved)
        {
            return Presence.Unobserved;
        }

        var silentAfter = Math.Max(parameters.SilentAfterSeconds, (long)usualGapSeconds * parameters.SilentAfterGaps);
        return coveredSecondsSinceHeard >= silentAfter ? Presence.Silent : Presence.Present;
    }

    public static string Code(this Presence presence) => presence switch
    {
        Presence.Present => "present",
        Presence.Silent => "silent",
        Presence.Missing => "missing",
        Presence.Unobserved => "unobserved",
        _ => throw new ArgumentOutOfRangeException(nameof(presence)),
    };
}
