using System.Globalization;
using System.Text.Json;
using Earmark.Storage.History;

namespace Earmark.Storage.Influx;

public sealed partial class InfluxHistory
{
    /// <summary>Devices whose refusals are cut back in one go; the rest have their turn the next time.</summary>
    private const int DevicesPerTrim = 1_000;

    private const int NanosecondsPerMillisecond = 1_000_000;
    private int _refusalsSinceTrim;

    public async Task WriteRefusalsAsync(IReadOnlyList<RefusalRow> refusals, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(refusals.Count, HistoryLimits.RefusalsPerWrite);
        if (refusals.Count == 0)
        {
            return;
        }

        var lines = new LineProtocol();
        var taken = new HashSet<(string?, long)>();
        foreach (var refusal in refusals)
        {
            lines.Add(refusal, taken);
        }

        await OnAsync(layout => _client.WriteAsync(layout.Points, "ns", lines.Lines, cancel), cancel);
        if (Interlocked.Add(ref _refusalsSinceTrim, refusals.Count) >= _options.RefusalsBetweenTrims)
        {
            Interlocked.Exchange(ref _refusalsSinceTrim, 0);
            await OnAsync(layout => TrimAsync(layout, cancel), cancel);
        }
    }

    /// <summary>Newest by its time; the order within a millisecond is not kept.</summary>
    public async Task<IReadOnlyList<RefusalRow>> ReadRefusalsAsync(string? deviceId, int count, CancellationToken cancel)
    {
        if (count <= 0)
        {
            return [];
        }

        var answer = await OnAsync(
            layout => _client.QueryAsync(
                $"""
                SELECT "reason","place","first_bytes","count" FROM {In(layout.Points, InfluxMeasurements.Refusal)} WHERE {Of(deviceId)}
                ORDER BY time DESC LIMIT {Math.Min(count, HistoryLimits.RefusalsPerDevice)}
                """,
                cancel,
                "ns",
                _options.ReadLimit),
            cancel);
        return [.. answer.SelectMany(series => series.Rows).Select(row => Refusal(deviceId, row))];
    }

    /// <summary>Whoever sends rubbish all day must not fill the disk.</summary>
    private async Task<bool> TrimAsync(InfluxLayout layout, CancellationToken cancel)
    {
        var refusals = In(layout.Points, InfluxMeasurements.Refusal);
        var counted = await _client.QueryAsync($"""SELECT count("place") FROM {refusals} GROUP BY "device" """, cancel, timeLimit: _options.SweepLimit);
        var over = counted.Where(series => series.Rows is [[_, var count]] && count.GetInt64() > HistoryLimits.RefusalsPerDevice).Take(DevicesPerTrim);
        foreach (var device in over.Select(series => series.Tags!["device"]).Select(coded => Of(coded.Length == 0 ? null : InfluxName.Decode(coded))))
        {
            var first = await _client.QueryAsync(
                $"""
                SELECT "place" FROM {refusals} WHERE {device} ORDER BY time DESC LIMIT 1 OFFSET {HistoryLimits.RefusalsPerDevice}
                """,
                cancel,
                "ns");
            foreach (var row in first.SelectMany(series => series.Rows))
            {
                await _client.QueryAsync(
                    $"""DELETE FROM "{InfluxMeasurements.Refusal}" WHERE {device} AND time <= {row[0].GetInt64().ToString(CultureInfo.InvariantCulture)}""",
                    cancel,
                    timeLimit: _options.SweepLimit);
            }
        }

        return true;
    }

    private static string Of(string? deviceId) => $"\"device\"='{(deviceId is null ? "" : InfluxName.Code(deviceId))}'";

    private static RefusalRow Refusal(string? deviceId, JsonElement[] row) => new(
        DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Floor((decimal)row[0].GetInt64() / NanosecondsPerMillisecond)),
        deviceId,
        InfluxName.Decode(row[1].GetString()!),
        row[2].GetInt32(),
        Convert.FromHexString(row[3].GetString()!),
        row[4].GetInt64());
}
