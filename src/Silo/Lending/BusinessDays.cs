using System.Globalization;

namespace Earmark.Silo.Lending;

/// <summary>
/// Business dates of the institutions (Asia/Shanghai, which keeps +08:00 all year). Monday to Friday are business days here;
/// public holidays are data of a calendar and lengthen a cure period once it is loaded.
/// </summary>
internal static class BusinessDays
{
    public static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last instant of the n-th business day after the day of <paramref name="from"/>; of that day itself for 0.</summary>
    public static DateTimeOffset EndOfNth(DateTimeOffset from, int businessDays)
    {
        var day = DateOf(from);
        for (var left = businessDays; left > 0;)
        {
            day = day.AddDays(1);
            left -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }

        return new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, Offset).AddSeconds(-1).ToUniversalTime();
    }
}
