using System.Runtime.InteropServices;
using Earmark.Storage.History;
using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>
/// The History in history.db. A power cut may take its last commits away, in order: the watermark goes with them and the tailer
/// writes the same points again.
/// </summary>
public sealed partial class SqliteHistory : IHistory, IDisposable
{
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    /// <summary>Opens history.db, making or migrating it.</summary>
    /// <exception cref="SqliteException">The file can't be opened.</exception>
    public SqliteHistory(StorageOptions options)
    {
        var file = new SqliteFile(options, "history.db");
        SqliteConnection Open() => file.OpenWriter(HistorySchema.PageBytes, automaticCheckpoints: true, everyCommitOnDisk: false);
        using (var connection = Open())
        {
            HistorySchema.Migrate(connection);
        }

        _writer = new SqliteWriter("history writer", options.WriterInbox, Open);
        _readers = new SqliteReaders(file, options);
    }

    public Task WriteAsync(IReadOnlyList<HistoryPoint> points, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(points.Count, HistoryLimits.PointsPerWrite);
        return _writer.WriteAsync((connection, _) => Write(connection, points), cancel);
    }

    public Task<IReadOnlyList<HistoryPoint>> ReadAsync(
        string series, string subject, DateTimeOffset from, DateTimeOffset to, int count, CancellationToken cancel) =>
        _readers.ReadAsync<IReadOnlyList<HistoryPoint>>(
            connection =>
            {
                using var select = new SqliteStatement(
                    connection,
                    """
                    SELECT at, numbers FROM point WHERE subject_key = (SELECT subject_key FROM subject WHERE series = ?1 AND subject = ?2)
                    AND at BETWEEN ?3 AND ?4 ORDER BY at DESC LIMIT ?5
                    """);
                select.Bind(1, series).Bind(2, subject).Bind(3, from.ToUnixTimeMilliseconds()).Bind(4, to.ToUnixTimeMilliseconds())
                    .Bind(5, Math.Clamp(count, 0, HistoryLimits.PointsPerRead));
                var points = new List<HistoryPoint>();
                while (select.Step())
                {
                    points.Add(new HistoryPoint(
                        series, subject, DateTimeOffset.FromUnixTimeMilliseconds(select.Int64(0)), MemoryMarshal.Cast<byte, double>(select.Blob(1)).ToArray()));
                }

                points.Reverse();
                return points;
            },
            cancel);

    public Task<long> WatermarkAsync(string tailer, CancellationToken cancel) => _readers.ReadAsync(
        connection =>
        {
            using var select = new SqliteStatement(connection, "SELECT sequence FROM watermark WHERE tailer = ?1");
            return select.Bind(1, tailer).Step() ? select.Int64(0) : 0;
        },
        cancel);

    public Task SetWatermarkAsync(string tailer, long sequence, CancellationToken cancel) => _writer.WriteAsync(
        (connection, _) =>
        {
            using var upsert = new SqliteStatement(
                connection, "INSERT INTO watermark (tailer, sequence) VALUES (?1, ?2) ON CONFLICT (tailer) DO UPDATE SET sequence = excluded.sequence");
            return upsert.Bind(1, tailer).Bind(2, sequence).Run();
        },
        cancel);

    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
    }

    private static bool Write(SqliteConnection connection, IReadOnlyList<HistoryPoint> points)
    {
        using var find = new SqliteStatement(connection, "SELECT subject_key FROM subject WHERE series = ?1 AND subject = ?2");
        using var add = new SqliteStatement(connection, "INSERT INTO subject (series, subject) VALUES (?1, ?2) RETURNING subject_key");
        using var put = new SqliteStatement(
            connection,
            "INSERT INTO point (subject_key, at, numbers) VALUES (?1, ?2, ?3) ON CONFLICT (subject_key, at) DO UPDATE SET numbers = excluded.numbers");
        foreach (var point in points)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(point.Values.Length, HistoryLimits.ValuesPerPoint);
            var key = Key(find, add, point);
            put.Bind(1, key).Bind(2, point.At.ToUnixTimeMilliseconds()).Bind(3, MemoryMarshal.AsBytes<double>(point.Values)).Run();
        }

        return true;
    }

    private static long Key(SqliteStatement find, SqliteStatement add, HistoryPoint point)
    {
        var statement = find.Bind(1, point.Series).Bind(2, point.Subject).Step() ? find : null;
        if (statement is null)
        {
            find.Reset();
            statement = add;
            statement.Bind(1, point.Series).Bind(2, point.Subject).Step();
        }

        var key = statement.Int64(0);
        statement.Reset();
        return key;
    }
}
