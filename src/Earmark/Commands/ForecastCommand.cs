using System.CommandLine;
using Earmark.Valuation.Growth;

namespace Earmark.Host.Commands;

/// <summary>
/// <c>earmark forecast</c>: weights of animals on a day to come, one line an animal. Exit code 1 when lines were passed over (each told on standard
/// error with its number and reason), 2 when nothing could be read.
/// </summary>
internal static class ForecastCommand
{
    private const int ComplaintsShown = 100;

    public static Command Create()
    {
        var csv = new Option<string>("--csv") { Required = true, Description = "File with a header line animal,day,kg[,breed,sex]; '-' reads standard input." };
        var to = new Option<string>("--to") { Required = true, Description = "The day asked for, written as the file's days: a whole number or yyyy-MM-dd." };
        var command = new Command("forecast", "Weight of each animal on a day to come, with its 90 % interval, as CSV.") { csv, to };
        command.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(csv)!, parsed.GetValue(to)!, cancel));
        return command;
    }

    private static async Task<int> RunAsync(string file, string to, CancellationToken cancel)
    {
        if (WeighingTable.For(to) is not { } table)
        {
            return await FailAsync($"--to '{to}' is neither a whole number nor yyyy-MM-dd");
        }

        try
        {
            using var reader = file == "-" ? Console.In : new StreamReader(file);
            if (await ReadAsync(reader, table, cancel) is { } wrong)
            {
                return await FailAsync(wrong);
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return await FailAsync(unreadable.Message);
        }

        await ComplainAsync(table);
        if (table.AnimalCount == 0)
        {
            return await FailAsync("there is no weighing in the file");
        }

        await using var output = new StreamWriter(Console.OpenStandardOutput());
        await output.WriteLineAsync(WeighingCsv.OutputHeader);
        foreach (var forecast in HerdForecast.At(table.Animals(), table.Day))
        {
            await output.WriteLineAsync(WeighingCsv.Line(forecast));
        }

        return table.Complaints.Count > 0 ? 1 : 0;
    }

    private static async Task<string?> ReadAsync(TextReader reader, WeighingTable table, CancellationToken cancel)
    {
        if (WeighingCsv.TryHeader(await reader.ReadLineAsync(cancel), out var wrong) is not { } csv)
        {
            return wrong;
        }

        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (csv.TryRow(line, out var row))
            {
                table.Add(row);
            }
        }

        return null;
    }

    private static async Task ComplainAsync(WeighingTable table)
    {
        foreach (var complaint in table.Complaints.Take(ComplaintsShown))
        {
            await Console.Error.WriteLineAsync(complaint.ToString());
        }

        if (table.Complaints.Count > ComplaintsShown)
        {
            await Console.Error.WriteLineAsync($"and {table.Complaints.Count - ComplaintsShown} lines more");
        }
    }

    private static async Task<int> FailAsync(string because)
    {
        await Console.Error.WriteLineAsync(because);
        return 2;
    }
}
