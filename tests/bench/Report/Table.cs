using System.Globalization;
using System.Text;

namespace Earmark.Bench.Report;

/// <summary>The table as markdown.</summary>
internal static class Table
{
    public static string Of(IEnumerable<Row> rows)
    {
        var text = new StringBuilder("| what | load | figure | goal | |\n|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.What} | {row.Load} | {Number(row.Figure)} | {(row.Goal is { } goal ? "≤ " + Number(goal) : "")} | {row.Verdict} |\n");
        }

        return text.ToString();
    }

    private static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "0.##" : Math.Abs(value) < 100 ? "0.#" : "#,0", CultureInfo.InvariantCulture);
}
