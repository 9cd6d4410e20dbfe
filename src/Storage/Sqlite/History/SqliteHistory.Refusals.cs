using Earmark.Storage.History;
using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

public sealed partial class SqliteHistory
{
    /// <summary>Stands for "nobody was authenticated": no device has this id.</summary>
    private const string Nobody = "";

    /// <summary>Subjects whose old points go in one transaction.</summary>
    private const int ForgottenSubjects = 500;

    public Task WriteRefusalsAsync(IReadOnlyList<RefusalRow> refusals, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(refusals.Count, HistoryLimits.RefusalsPerWrite);
        return _writer.WriteAsync((connection, _) => Write(connection, refusals), cancel);
    }

    public Task<IReadOnlyList<RefusalRow>> ReadRefusalsAsync(string? deviceId, int count, CancellationToken cancel) =>
        _readers.ReadAsync<IReadOnlyList<RefusalRow>>(
            connection =>
            {
                using var command = connection.CreateCommand();
                command.CommandText =
                    "SELECT at, device_id, reason, place, first_bytes, count FROM refusal WHERE device_id = @device ORDER BY refusal_id DESC LIMIT @count";
                command.Parameters.AddWithValue("@device", deviceId ?? Nobody);
                command.Parameters.AddWithValue("@count", Math.Clamp(count, 0, HistoryLimits.RefusalsPerDevice));
                using var row = command.ExecuteReader();
                var refusals = new List<RefusalRow>();
                while (row.Read())
                {
                    var device = row.GetString(1);
                    refusals.Add(new RefusalRow(
                        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
                        device == Nobody ? null : device,
                        row.GetString(2),
                        row.GetInt32(3),
                        row.GetFieldValue<byte[]>(4),
                        row.GetInt64(5)));
                }

                return refusals;
            },
            cancel);

    public async Task<long> ForgetAsync(DateTimeOffset before, CancellationToken cancel)
    {
        var time = before.ToUnixTimeMilliseconds();
        long forgotten = await _writer.WriteAsync((connection, _) => Forget(connection, "DELETE FROM refusal WHERE at < ?1", time, 0), cancel);
        var newest = await _readers.ReadAsync(connection => SqliteFile.Scalar(connection, "SELECT coalesce(max(subject_key), 0) FROM subject"), cancel);
        for (long first = 1; first <= newest; first += ForgottenSubjects)
        {
            var from = first;
            forgotten += await _writer.WriteAsync(
                (connection, _) => Forget(
                    connection,
                    $"""
                    DELETE FROM point WHERE at < ?1 AND subject_key IN
                        (SELECT subject_key FROM subject WHERE subject_key >= ?2 AND subject_key < ?2 + {ForgottenSubjects})
                    """,
                    time,
                    from),
                cancel);
        }

        return forgotten;
    }

    private static int Forget(SqliteConnection connection, string sql, long before, long first)
    {
        using var delete = new SqliteStatement(connection, sql);
        delete.Bind(1, before);
        return sql.Contains("?2", StringComparison.Ordinal) ? delete.Bind(2, first).Run() : delete.Run();
    }

    private static bool Write(SqliteConnection connection, IReadOnlyList<RefusalRow> refusals)
    {
        using var insert = new SqliteStatement(
            connection, "INSERT INTO refusal (device_id, at, reason, place, first_bytes, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        foreach (var refusal in refusals)
        {
            var bytes = refusal.FirstBytes.AsSpan(0, Math.Min(refusal.FirstBytes.Length, HistoryLimits.FirstBytes));
            insert.Bind(1, refusal.DeviceId ?? Nobody).Bind(2, refusal.At.ToUnixTimeMilliseconds()).Bind(3, refusal.Reason)
                .Bind(4, refusal.Offset).Bind(5, bytes).Bind(6, refusal.Count).Run();
        }

        // Whoever sends rubbish all day must not fill the disk.
        using var trim = new SqliteStatement(
            connection,
            $"""
            DELETE FROM refusal WHERE device_id = ?1 AND refusal_id <= (SELECT refusal_id FROM refusal WHERE device_id = ?1
                ORDER BY refusal_id DESC LIMIT 1 OFFSET {HistoryLimits.RefusalsPerDevice})
            """);
        foreach (var device in refusals.Select(refusal => refusal.DeviceId ?? Nobody).Distinct(StringComparer.Ordinal))
        {
            trim.Bind(1, device).Run();
        }

        return true;
    }
}
