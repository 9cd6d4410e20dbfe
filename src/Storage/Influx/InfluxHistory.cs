using System.Globalization;
using System.Text.Json;
using Earmark.Storage.History;
using Microsoft.Extensions.Logging;

namespace Earmark.Storage.Influx;

/// <summary>
/// The History on an InfluxDB server. Nothing is asked of the server before the first call, so Earmark starts without it; every call
/// while it is away ends in a <see cref="HistoryAwayException"/>, and the tailer goes on from the watermark it finds when it is back.
/// </summary>
public sealed partial class InfluxHistory : IHistory, IDisposable
{
    private const int LinesPerWrite = 5_000;
    private readonly InfluxOptions _options;
    private readonly InfluxClient _client;
    private readonly ILogger<InfluxHistory> _log;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private InfluxLayout? _layout;

    public InfluxHistory(InfluxOptions options, ILogger<InfluxHistory> log)
    {
        (_options, _client, _log) = (options, new InfluxClient(options), log);
        if (options.IsReadableUnderway)
        {
            LogReadable(options.Url.Host);
        }
    }

    public async Task WriteAsync(IReadOnlyList<HistoryPoint> points, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points.Count, HistoryLimits.PointsPerWrite);
        foreach (var days in points.GroupBy(point => point.Series == HistorySeries.TagDay))
        {
            foreach (var chunk in days.Chunk(LinesPerWrite))
            {
                var lines = new LineProtocol();
                foreach (var point in chunk)
                {
                    lines.Add(point);
                }

                await OnAsync(layout => _client.WriteAsync(days.Key ? layout.Days : layout.Points, "ms", lines.Lines, cancel), cancel);
            }
        }
    }

    public async Task<IReadOnlyList<HistoryPoint>> ReadAsync(
        string series, string subject, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancel)
    {
        if (count <= 0)
        {
            return [];
        }

        var fields = string.Join(',', InfluxFields.Of(series).Select(field => $"\"{field}\""));
        var answer = await OnAsync(
            layout => _client.QueryAsync(
                $"""
                SELECT "{InfluxFields.Shape}",{fields} FROM {In(series == HistorySeries.TagDay ? layout.Days : layout.Points, series)}
                WHERE "subject"='{InfluxName.Code(subject)}' AND time >= {Time(from)} AND time <= {Time(to)}
                ORDER BY time DESC LIMIT {Math.Min(count, HistoryLimits.PointsPerRead)}
                """,
                cancel,
                timeLimit: _options.ReadLimit),
            cancel);
        return [.. answer.SelectMany(found => found.Rows).Where(row => row[1].ValueKind == JsonValueKind.Number).Reverse().Select(row => Point(series, subject, row))];
    }

    public async Task<long> WatermarkAsync(string tailer, CancellationToken cancel)
    {
        var answer = await OnAsync(
            layout => _client.QueryAsync(
                $"""SELECT "sequence" FROM {In(layout.Kept, InfluxMeasurements.Watermark)} WHERE "tailer"='{InfluxName.Code(tailer)}'""", cancel),
            cancel);
        return answer.SelectMany(series => series.Rows).Select(row => row[1].GetInt64()).DefaultIfEmpty(0).Max();
    }

    /// <summary>One point at the beginning of time, overwritten: it lies beside the points, so that both are lost or restored together.</summary>
    public async Task SetWatermarkAsync(string tailer, long sequence, CancellationToken cancel)
    {
        var lines = new LineProtocol();
        lines.AddWatermark(tailer, sequence);
        if (!await OnAsync(layout => _client.WriteAsync(layout.Kept, "ms", lines.Lines, cancel), cancel))
        {
            throw new HistoryAwayException("InfluxDB can't keep the watermark: the default retention policy forgets; it must keep for ever or let Earmark make its own.");
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _preparing.Dispose();
    }

    /// <summary>Asks with the layout of the server as it is now; a database or policy that has gone is made again at the next call.</summary>
    private async Task<T> OnAsync<T>(Func<InfluxLayout, Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask(await LayoutAsync(cancel));
        }
        catch (InfluxRefusedException refused) when (refused.IsDatabaseMissing || refused.IsPolicyMissing)
        {
            _layout = null;
            throw;
        }
    }

    private async Task<InfluxLayout> LayoutAsync(CancellationToken cancel)
    {
        if (_layout is { } known)
        {
            return known;
        }

        await _preparing.WaitAsync(cancel);
        try
        {
            if (_layout is null)
            {
                _layout = await InfluxLayout.PrepareAsync(_client, _options, cancel);
                LogPrepared(_options.Url.Authority, _options.Database, _layout.ServerForgets);
            }

            return _layout;
        }
        finally
        {
            _preparing.Release();
        }
    }

    private static HistoryPoint Point(string series, string subject, JsonElement[] row)
    {
        var shape = row[1].GetInt32();
        var values = new double[InfluxFields.LengthOf(shape)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (shape & (1 << i)) != 0 ? row[i + 2].GetDouble() : double.NaN;
        }

        return new HistoryPoint(series, subject, DateTimeOffset.FromUnixTimeMilliseconds(row[0].GetInt64()), values);
    }

    private static string In(string policy, string measurement) =>
        policy.Length == 0 ? $"\"{InfluxName.Code(measurement)}\"" : $"\"{policy}\".\"{InfluxName.Code(measurement)}\"";

    private static string Time(DateTimeOffset at) => LineProtocol.Milliseconds(at).ToString(CultureInfo.InvariantCulture) + "ms";

    [LoggerMessage(Level = LogLevel.Information, Message = "History is on InfluxDB at {Server}, database {Database}; the server forgets by itself: {ServerForgets}")]
    private partial void LogPrepared(string server, string database, bool serverForgets);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The credential of InfluxDB goes to {Host} unencrypted; use https where the network is not your own")]
    private partial void LogReadable(string host);
}
