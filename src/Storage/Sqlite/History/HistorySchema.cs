using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>Tables of history.db. Points of one subject and series lie together in order of time: a chart reads a few pages.</summary>
internal static class HistorySchema
{
    public const int PageBytes = 8_192;

    private const string First = """
        CREATE TABLE subject (
            subject_key INTEGER PRIMARY KEY,
            series TEXT NOT NULL,
            subject TEXT NOT NULL,
            UNIQUE (series, subject));
        CREATE TABLE point (
            subject_key INTEGER NOT NULL,
            at INTEGER NOT NULL,
            numbers BLOB NOT NULL,
            PRIMARY KEY (subject_key, at)) WITHOUT ROWID;
        CREATE TABLE watermark (
            tailer TEXT PRIMARY KEY,
            sequence INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE refusal (
            refusal_id INTEGER PRIMARY KEY AUTOINCREMENT,
            device_id TEXT NOT NULL,
            at INTEGER NOT NULL,
            reason TEXT NOT NULL,
            place INTEGER NOT NULL,
            first_bytes BLOB NOT NULL,
            count INTEGER NOT NULL);
        CREATE INDEX refusal_of_device ON refusal (device_id, refusal_id);
        """;

    private static readonly string[] Steps = [First];

    public static int Newest => Steps.Length;

    /// <exception cref="InvalidDataException">The file was written by a newer Earmark.</exception>
    public static void Migrate(SqliteConnection connection) => SqliteFile.Migrate(connection, "history.db", Steps);
}
