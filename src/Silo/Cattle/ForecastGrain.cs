using System.Globalization;
using Earmark.Contracts.Cattle;
using Earmark.Valuation.Growth;
using Orleans.Concurrency;

namespace Earmark.Silo.Cattle;

/// <summary>Forecasts from weighings that come with the question; seconds of work for a large herd, so off the grain's own turn and two at a time.</summary>
[StatelessWorker(2)]
internal sealed class ForecastGrain : Grain, IForecastGrain
{
    /// <summary>So that an answer comes in time; a larger herd goes through <c>earmark forecast</c>.</summary>
    private const int AnimalsMaximum = 20_000;

    private const int RefusedKept = 1_000;

    public Task<WeightForecastAnswer> Forecast(WeightForecastQuestion question) => Task.Run(() => Answer(question));

    private static WeightForecastAnswer Answer(WeightForecastQuestion question)
    {
        if (WeighingTable.For(question.Day) is not { } table)
        {
            return Refuse($"The day '{question.Day}' is neither a whole number nor yyyy-MM-dd.");
        }

        if ((question.Csv is { } csv ? Read(csv, table) : Read(question.Rows, table)) is { } wrong)
        {
            return Refuse(wrong);
        }

        var refused = table.Complaints.Take(RefusedKept).Select(complaint => new RefusedWeighing(complaint.Line, complaint.Because)).ToArray();
        return table.AnimalCount switch
        {
            0 => Refuse(refused.Length > 0 ? $"No weighing could be read; line {refused[0].Line}: {refused[0].Because}." : "There is no weighing."),
            > AnimalsMaximum => Refuse($"One question is about at most {AnimalsMaximum} animals."),
            _ => new WeightForecastAnswer(null, [.. HerdForecast.At(table.Animals(), table.Day).Select(Written)], refused),
        };
    }

    private static string? Read(string csv, WeighingTable table)
    {
        using var lines = new StringReader(csv);
        if (WeighingCsv.TryHeader(lines.ReadLine(), out var wrong) is not { } header)
        {
            return wrong;
        }

        while (lines.ReadLine() is { } line)
        {
            if (header.TryRow(line, out var row))
            {
                table.Add(row);
            }
        }

        return null;
    }

    private static string? Read(AnimalWeighing[] rows, WeighingTable table)
    {
        for (var at = 0; at < rows.Length; at++)
        {
            var row = rows[at];
            table.Add(new WeighingRow(at + 1, row.Animal, row.Day, row.Kilograms.ToString(CultureInfo.InvariantCulture), row.Breed, row.Sex));
        }

        return null;
    }

    private static AnimalForecast Written(WeightForecast forecast) => new(
        forecast.Animal, Kilograms(forecast.MeanKilograms), Kilograms(forecast.LowKilograms), Kilograms(forecast.HighKilograms));

    private static decimal Kilograms(double kilograms) => decimal.Round((decimal)kilograms, 2);

    private static WeightForecastAnswer Refuse(string because) => new(because, [], []);
}
