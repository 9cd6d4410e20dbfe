using Microsoft.Extensions.Localization;

namespace Earmark.Portal.Layout;

/// <summary>Ages in words: "12 min ago", "无信号 2 小时". The island of live rows (web/_age.ts) says the same from the same words.</summary>
public static class Ages
{
    /// <summary>A device is silent when nothing came for this many of its periods.</summary>
    public const int SilentPeriods = 3;

    /// <summary>The age alone, in its largest unit. Never negative.</summary>
    public static string Length(IStringLocalizer words, TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => words["age.seconds", Whole(age.TotalSeconds)],
        { TotalHours: < 1 } => words["age.minutes", Whole(age.TotalMinutes)],
        { TotalDays: < 2 } => words["age.hours", Whole(age.TotalHours)],
        _ => words["age.days", Whole(age.TotalDays)],
    };

    public static bool IsSilent(DateTimeOffset at, DateTimeOffset now, int periodSeconds) =>
        periodSeconds > 0 && (now - at).TotalSeconds > (double)periodSeconds * SilentPeriods;

    /// <param name="periodSeconds">How often the subject is expected to speak; 0 where it is not.</param>
    public static string Of(IStringLocalizer words, DateTimeOffset at, DateTimeOffset now, int periodSeconds = 0) =>
        words[IsSilent(at, now, periodSeconds) ? "age.silent" : "age.ago", Length(words, now - at)];

    /// <summary>How long until then: "3 h left" or, past it, "overdue by 2 h".</summary>
    public static string Until(IStringLocalizer words, DateTimeOffset then, DateTimeOffset now) =>
        then >= now ? words["age.left", Length(words, then - now)] : words["age.overdue", Length(words, now - then)];

    private static long Whole(double number) => Math.Max(0, (long)Math.Floor(number));
}
