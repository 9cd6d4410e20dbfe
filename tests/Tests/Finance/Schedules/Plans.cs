using System.Globalization;
using Earmark.Finance;

namespace Earmark.Tests.Finance.Schedules;

/// <summary>Terms and rows as the tests of schedules write them.</summary>
internal static class Plans
{
    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Money Yuan(decimal yuan) => Money.TryFromYuan(yuan, out var money) ? money : throw new ArgumentOutOfRangeException(nameof(yuan));

    public static Drawing Drawn(string on, decimal yuan) => new(Day(on), Yuan(yuan));

    public static ScheduleTerms Terms(decimal annualRatePercent, int instalments, string firstDueOn, params Drawing[] drawings) => new()
    {
        Drawings = drawings,
        AnnualRate = annualRatePercent / 100,
        Method = RepaymentMethod.EqualInstalment,
        FirstDueOn = Day(firstDueOn),
        SeedDay = Day(firstDueOn).Day,
        Instalments = instalments,
    };

    /// <summary>"interest+principal=balance" of each row, in yuan.</summary>
    public static string[] Rows(ScheduleTerms terms) => Rows(Earmark.Finance.Schedules.Compute(terms).Instalments);

    public static string[] Rows(IEnumerable<Instalment> rows) => [.. rows.Select(row => $"{row.Interest}+{row.Principal}={row.BalanceAfter}")];

    public static string[] Totals(ScheduleTerms terms) => [.. Earmark.Finance.Schedules.Compute(terms).Instalments.Select(row => row.Total.ToString())];
}
