using System.Text;

namespace Earmark.Portal.Onboarding;

/// <summary>Cells of one line (RFC 4180; a quoted cell may hold commas and doubled quotes, not line breaks).</summary>
internal static class CsvCells
{
    /// <summary>Null when a quote is not closed or stands in the middle of a bare cell.</summary>
    public static List<string>? Split(string line)
    {
        var cells = new List<string>();
        var at = 0;
        while (true)
        {
            if (!TryCell(line, ref at, out var cell))
            {
                return null;
            }

            cells.Add(cell.Trim());
            if (at == line.Length)
            {
                return cells;
            }

            at++;
        }
    }

    /// <summary>Reads one cell and stops at the comma behind it or at the end.</summary>
    private static bool TryCell(string line, ref int at, out string cell)
    {
        if (at == line.Length || line[at] != '"')
        {
            var comma = line.IndexOf(',', at);
            var end = comma < 0 ? line.Length : comma;
            cell = line[at..end];
            at = end;
            return !cell.Contains('"', StringComparison.Ordinal);
        }

        var text = new StringBuilder();
        cell = "";
        for (at++; at < line.Length; at++)
        {
            if (line[at] != '"')
            {
                text.Append(line[at]);
            }
            else if (at + 1 < line.Length && line[at + 1] == '"')
            {
                text.Append('"');
                at++;
            }
            else
            {
                at++;
                cell = text.ToString();
                return at == line.Length || line[at] == ',';
            }
        }

        return false;
    }
}
