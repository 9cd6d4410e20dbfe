using Earmark.Storage.History;
using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

public sealed partial class SqliteHistory
{
    /// <summary>Stands for "nobody was authenticated": no device has this id.</summary>
    private const string Nobody = "";

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
