namespace Earmark.Silo.Histories;

public sealed record HistoryTailerOptions
{
    public const int EntriesPerRead = 500;
    public const int PointsPerWrite = 5_000;
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);
    public static readonly TimeSpan ShowEvery = TimeSpan.FromSeconds(30);

    /// <summary>Older points and refusals go, counted back from the newest entry's time.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(90);

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
