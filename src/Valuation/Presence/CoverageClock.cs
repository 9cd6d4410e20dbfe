namespace Earmark.Valuation;

/// <summary>
/// How long a station has truly been listening, as a counter that only grows. An animal notes the counter when it is heard; the difference now
/// is the time it could have been heard and was not. Time between two frames counts only when they are close: a gap is an outage, ours or the
/// station's, never the animal's silence. 16 bytes, part of the snapshot. All times are event times in seconds since 1970.
/// </summary>
public struct CoverageClock
{
    /// <summary>Five rounds of a minute.</summary>
    public const int DefaultLargestGapSeconds = 300;

    /// <summary>A station is unobserved after this long without a frame (architecture.md: 30 minutes).</summary>
    public const int DefaultUnobservedAfterSeconds = 1_800;

    private long coveredSeconds;
    private long lastFrameAt;

    public readonly long CoveredSeconds => coveredSeconds;

    /// <summary>0 before the first frame.</summary>
    public readonly long LastFrameAt => lastFrameAt;

    /// <summary>A frame of the station, by its event time. One older than the newest adds nothing: backlog fills no coverage, which errs to "not missing".</summary>
    public void Hear(long frameAt, int largestGapSeconds = DefaultLargestGapSeconds)
    {
        if (frameAt <= lastFrameAt)
        {
            return;
        }

        var gap = frameAt - lastFrameAt;
        if (lastFrameAt != 0 && gap <= largestGapSeconds)
        {
            coveredSeconds += gap;
        }

        lastFrameAt = frameAt;
    }

    public readonly bool IsObserved(long now, int unobservedAfterSeconds = DefaultUnobservedAfterSeconds) =>
        lastFrameAt != 0 && now - lastFrameAt <= unobservedAfterSeconds;
}
