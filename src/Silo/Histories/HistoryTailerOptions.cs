namespace Earmark.Silo.Histories;

public sealed record HistoryTailerOptions
{
    public const int EntriesPerRead = 500;
    public const int PointsPerWrite = 5_000;
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    public static readonly TimeSpan CondenseEvery = TimeSpan.FromMinutes(1);

    /// <summary>A journal that always has more to read does not put off condensing and forgetting for longer.</summary>
    public static readonly TimeSpan SweepAnyway = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan ShowEvery = TimeSpan.FromSeconds(30);

    /// <summary>Older points and refusals go, counted back from the newest entry's time.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Days of ear tags, which outlive the quarters they were condensed from.</summary>
    public TimeSpan DayRetention { get; init; } = TimeSpan.FromDays(3 * 365);

    /// <summary>Ahead of UTC: where a day of the herd begins. China has one zone and no summer time.</summary>
    public TimeSpan DayOffset { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Between two looks at a journal that had nothing new.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After the first failure; doubles up to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);
}

/// <param name="Sequence">The last entry read.</param>
/// <param name="ReadThrough">Entry time of the newest entry read; the lag is the domain's now less this. Null before the first.</param>
/// <param name="CaughtUp">The journal had nothing more at the last look.</param>
/// <param name="Trouble">Why it stands still; null when it does not.</param>
/// <param name="Failures">In a row.</param>
public sealed record TailerProgress(long Sequence, DateTimeOffset? ReadThrough, bool CaughtUp, string? Trouble, int Failures);
