using Earmark.Finance;

namespace Earmark.Portal.Api.Schedules;

/// <summary>Day counts as the interface writes them.</summary>
internal static class DayCountNames
{
    private static readonly (string Name, DayCount DayCount)[] Known =
    [
        ("30/360", DayCount.Thirty360),
        ("actual/360", DayCount.Actual360),
        ("actual/364", DayCount.Actual364),
        ("actual/365", DayCount.Actual365),
        ("actual/actual", DayCount.ActualActual),
        ("nominal", DayCount.Nominal),
    ];

    public static string[] All { get; } = [.. Known.Select(one => one.Name)];

    public static DayCount? Find(string name)
    {
        foreach (var (known, dayCount) in Known)
        {
            if (known == name)
            {
                return dayCount;
            }
        }

        return null;
    }

    public static string Of(DayCount dayCount) => Known.First(one => one.DayCount == dayCount).Name;
}
