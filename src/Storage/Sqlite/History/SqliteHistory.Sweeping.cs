using System.Runtime.InteropServices;
using Earmark.Storage.History;
using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

public sealed partial class SqliteHistory
{
    /// <summary>Subjects gone through in one transaction.</summary>
    private const int SubjectsPerStep = 500;

    public Task<long> CondenseAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancel)
    {
        var (start, end) = (from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
        return SweepAsync((connection, first) => Condense(connection, first, start, end), cancel);
    }

    public async Task<long> ForgetAsync(DateTimeOffset before, DateTimeOffset daysBefore, CancellationToken cancel)
    {
        var (points, days) = (before.ToUnixTimeMilliseconds(), daysBefore.ToUnixTimeMilliseconds());
        long refusals = await _writer.WriteAsync(
            (connection, _) =>
            {
                using var delete = new SqliteStatement(connection, "DELETE FROM refusal WHERE at < ?1");
                return delete.Bind(1, points).Run();
            },
            cancel);
        return refusals + await SweepAsync((connection, first) => Forget(connection, first, points, days), cancel);
    }

    private async Task<long> SweepAsync(Func<SqliteConnection, long, int> step, CancellationToken cancel)
    {
        long swept = 0;
        var newest = await _readers.ReadAsync(connection => SqliteFile.Scalar(connection, "SELECT coalesce(max(subject_key), 0) FROM subject"), cancel);
        for (long first = 1; first <= newest; first += SubjectsPerStep)
        {
            var from = first;
            swept += await _writer.WriteAsync((connection, _) => step(connection, from), cancel);
        }

        return swept;
    }

    private static int Forget(SqliteConnection connection, long first, long points, long days)
    {
        using var delete = new SqliteStatement(
            connection,
            $"""
            DELETE FROM point WHERE subject_key IN
                (SELECT subject_key FROM subject WHERE subject_key >= ?1 AND subject_key < ?1 + {SubjectsPerStep} AND (series = ?2) = ?3) AND at < ?4
            """);
        var forgotten = delete.Bind(1, first).Bind(2, HistorySeries.TagDay).Bind(3, 0).Bind(4, points).Run();
        delete.Reset();
        return forgotten + delete.Bind(1, first).Bind(2, HistorySeries.TagDay).Bind(3, 1).Bind(4, days).Run();
    }

    private static int Condense(SqliteConnection connection, long first, long start, long end)
    {
        var days = new Dictionary<string, TagDay>(StringComparer.Ordinal);
        using (var select = new SqliteStatement(
            connection,
            $"""
            SELECT s.subject, p.numbers FROM subject s JOIN point p ON p.subject_key = s.subject_key
            WHERE s.subject_key >= ?1 AND s.subject_key < ?1 + {SubjectsPerStep} AND s.series = ?2 AND p.at >= ?3 AND p.at < ?4
            """))
        {
            select.Bind(1, first).Bind(2, HistorySeries.TagQuarter).Bind(3, start).Bind(4, end);
            while (select.Step())
            {
                CollectionsMarshal.GetValueRefOrAddDefault(days, select.Text(0), out _).Add(MemoryMarshal.Cast<byte, double>(select.Blob(1)));
            }
        }

        Write(connection, [.. days.Select(day => new HistoryPoint(
            HistorySeries.TagDay, day.Key, DateTimeOffset.FromUnixTimeMilliseconds(start), day.Value.Values()))]);
        return days.Count;
    }
}
