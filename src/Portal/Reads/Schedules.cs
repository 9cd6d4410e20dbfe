using System.Text.Json;

namespace Earmark.Portal.Reads;

/// <summary>One instalment as a loan's row keeps it, money in 分.</summary>
public sealed record DueRow(int Number, DateOnly DueOn, long PrincipalFen, long InterestFen, long BalanceAfterFen);

/// <summary>Schedules as the Book keeps them: a JSON array, read for showing only.</summary>
public static class Schedules
{
    /// <summary>Empty for what is no schedule: an old row must not hide the loan.</summary>
    public static IReadOnlyList<DueRow> Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<DueRow[]>(json, JsonSerializerOptions.Web) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>The first instalment due today or later.</summary>
    public static DueRow? Next(string json, DateOnly today) => Read(json).Where(row => row.DueOn >= today).MinBy(row => row.DueOn);
}
