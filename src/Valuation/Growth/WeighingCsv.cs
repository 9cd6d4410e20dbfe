using System.Globalization;

namespace Earmark.Valuation.Growth;

/// <summary>
/// Weighings as CSV (RFC 4180; comma, semicolon or tab as the header has it): a header line with the columns <c>animal, day, kg</c> and, if they are
/// known, <c>breed, sex</c>, in any order. Forecasts go out as <c>animal,meanKg,lowKg,highKg</c>.
/// </summary>
public sealed class WeighingCsv
{
    public const string OutputHeader = "animal,meanKg,lowKg,highKg";

    private static readonly string[] Columns = ["animal", "day", "kg", "breed", "sex"];
    private readonly char _separator;
    private readonly int[] _places;
    private readonly int _width;
    private int _line = 1;

    private WeighingCsv(char separator, int[] places, int width)
    {
        _separator = separator;
        _places = places;
        _width = width;
    }

    /// <summary>Null with what is wrong, in one sentence.</summary>
    public static WeighingCsv? TryHeader(string? header, out string wrong)
    {
        header = header?.TrimStart('\uFEFF') ?? "";
        var separator = header.Contains(',') ? ',' : header.Contains(';') ? ';' : '\t';
        var names = Split(header, separator)?.Select(name => name.Trim().ToLowerInvariant()).ToList() ?? [];
        var places = Columns.Select(column => names.IndexOf(column)).ToArray();
        wrong = Columns.Take(3).FirstOrDefault(column => !names.Contains(column)) is { } missing
                ? $"line 1: the column '{missing}' is missing; the header has animal,day,kg and, if known, breed,sex"
            : Columns.FirstOrDefault(column => names.Count(name => name == column) > 1) is { } twice ? $"line 1: the column '{twice}' is named twice"
            : "";
        return wrong.Length == 0 ? new WeighingCsv(separator, places, names.Count) : null;
    }

    /// <summary>The next line, or nothing for an empty one; a line that cannot be cut into cells comes as a broken row.</summary>
    public bool TryRow(string line, out WeighingRow row)
    {
        _line++;
        row = default;
        if (string.IsNullOrWhiteSpace(line))
        {
            return false;
        }

        var cells = Split(line, _separator);
        string? Cell(int column) => _places[column] >= 0 && cells is not null && _places[column] < cells.Count ? cells[_places[column]] : null;
        var broken = cells is null ? "a quote is not closed, or something follows one" : cells.Count > _width ? $"it has {cells.Count} cells, the header {_width}" : null;
        row = broken is not null
            ? new WeighingRow(_line, null, null, null, null, null, broken)
            : new WeighingRow(_line, Cell(0), Cell(1), Cell(2), Cell(3), Cell(4));
        return true;
    }

    /// <summary>One line, kilograms with two decimals; a name that needs quotes gets them.</summary>
    public static string Line(in WeightForecast forecast)
    {
        var name = forecast.Animal.IndexOfAny([',', '"', '\r', '\n']) >= 0 ? $"\"{forecast.Animal.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : forecast.Animal;
        return string.Create(
            CultureInfo.InvariantCulture, $"{name},{forecast.MeanKilograms:0.00},{forecast.LowKilograms:0.00},{forecast.HighKilograms:0.00}");
    }

    // Null when a quote is not closed.
    private static List<string>? Split(string line, char separator)
    {
        var cells = new List<string>();
        var at = 0;
        while (true)
        {
            if (at < line.Length && line[at] == '"')
            {
                var text = new System.Text.StringBuilder();
                for (at++; ; at++)
                {
                    if (at >= line.Length)
                    {
                        return null;
                    }

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
                        break;
                    }
                }

                cells.Add(text.ToString());
                at++;
            }
            else
            {
                var end = line.IndexOf(separator, at);
                end = end < 0 ? line.Length : end;
                cells.Add(line[at..end].Trim());
                at = end;
            }

            if (at >= line.Length)
            {
                return cells;
            }

            if (line[at] != separator)
            {
                return null;
            }

            at++;
        }
    }
}
