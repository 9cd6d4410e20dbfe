using Earmark.Storage.History;

namespace Earmark.Silo.Histories;

/// <summary>
/// Has the History condense the quarters of each day that is over, and again the three days before it for what came late, as long as
/// the device time of a late frame counts. Its watermark is the number of the last day done; a day done twice comes out the same.
/// </summary>
internal sealed class Days(IHistory history, HistoryTailerOptions options)
{
    public const string Name = "days";
    private const int LateDays = 3;

    /// <summary>After midnight, until the last quarter has closed and stands in the History.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(30);

    /// <param name="first">Time of the journal's first entry, where it is known: nothing is older.</param>
    /// <param name="newest">Time of the newest entry whose points are written.</param>
    public async Task CondenseAsync(DateTimeOffset? first, DateTimeOffset newest, CancellationToken cancel)
    {
        var over = DayOf(newest - Settling) - 1;
        var done = await history.WatermarkAsync(Name, cancel);
        if (over <= done)
        {
            return;
        }

        // The oldest day may be half forgotten; condensing it again would make it less.
        var oldest = Math.Max(DayOf(newest - options.Retention) + 1, first is { } began ? DayOf(began) : 0);
        for (var day = Math.Max(oldest, done + 1 - LateDays); day <= over; day++)
        {
            await history.CondenseAsync(StartOf(day), StartOf(day + 1), cancel);
            if (day > done)
            {
                await history.SetWatermarkAsync(Name, day, cancel);
            }
        }
    }

    private long DayOf(DateTimeOffset at) => (long)Math.Floor((at - DateTimeOffset.UnixEpoch + options.DayOffset).TotalDays);

    private DateTimeOffset StartOf(long day) => DateTimeOffset.UnixEpoch + TimeSpan.FromDays(day) - options.DayOffset;
}
