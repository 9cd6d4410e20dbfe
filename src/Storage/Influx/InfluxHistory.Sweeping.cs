using System.Text.Json;
using Earmark.Storage.History;

namespace Earmark.Storage.Influx;

public sealed partial class InfluxHistory
{
    /// <summary>
    /// The server aggregates and Earmark writes the result: <c>SELECT … INTO</c> and continuous queries exist in 1.x only.
    /// </summary>
    public async Task<long> CondenseAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var layout = await OnAsync(Task.FromResult, cancel);
        var query =
            $"""
            SELECT sum("heard"),sum("activity"),max("motionless_minutes"),mean("temperature_celsius"),max("rssi_dbm")
            FROM {In(layout.Points, HistorySeries.TagQuarter)} WHERE time >= {Time(from)} AND time < {Time(to)} GROUP BY "subject"
            """;
        var days = new List<HistoryPoint>();
        long condensed = 0;
        await foreach (var tag in _client.StreamAsync(query, cancel))
        {
            if (tag.Rows is [var row] && tag.Tags is { } tags)
            {
                days.Add(new HistoryPoint(HistorySeries.TagDay, InfluxName.Decode(tags["subject"]), from, [.. row.Skip(1).Select(Number)]));
                condensed++;
            }

            if (days.Count >= LinesPerWrite)
            {
                await WriteAsync(days, cancel);
                days.Clear();
            }
        }

        await WriteAsync(days, cancel);
        return condensed;
    }

    /// <summary>
    /// Where the server has Earmark's policies it forgets by itself, by its own clock and a whole shard at a time; else Earmark deletes.
    /// <c>DELETE</c> knows measurements and no policies, so it never names the watermark.
    /// </summary>
    public async Task<long> ForgetAsync(DateTimeOffset before, DateTimeOffset daysBefore, CancellationToken cancel)
    {
        var layout = await OnAsync(Task.FromResult, cancel);
        if (layout.ServerForgets)
        {
            return 0;
        }

        long forgotten = 0;
        foreach (var measurement in InfluxMeasurements.Forgotten)
        {
            forgotten += await ForgetAsync(measurement, measurement == InfluxMeasurements.Refusal ? "place" : InfluxFields.Shape, before, cancel);
        }

        return forgotten + await ForgetAsync(HistorySeries.TagDay, InfluxFields.Shape, daysBefore, cancel);
    }

    private async Task<long> ForgetAsync(string measurement, string counted, DateTimeOffset before, CancellationToken cancel)
    {
        var old = $"FROM {In("", measurement)} WHERE time < {Time(before)}";
        var answer = await _client.QueryAsync($"SELECT count(\"{counted}\") {old}", cancel, timeLimit: _options.SweepLimit);
        var count = answer.SelectMany(series => series.Rows).Sum(row => row[1].GetInt64());
        if (count > 0)
        {
            await _client.QueryAsync($"DELETE {old}", cancel, timeLimit: _options.SweepLimit);
        }

        return count;
    }

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : double.NaN;
}
