using Microsoft.Data.Sqlite;

namespace Earmark.Silo.GrainState;

/// <summary>
/// What Orleans' ADO.NET grain storage expects of a database, on SQLite: it reads its statements by key from OrleansQuery and
/// knows parameters and result columns only. Each write is one statement, hence atomic; the row after it answers with the new
/// version, or with the given one where nothing matched, which the provider takes for an inconsistent state.
/// </summary>
internal static class GrainStateSchema
{
    private const string Row = """
        GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
        AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '') AND ServiceId = @ServiceId
        """;

    private const string Answer =
        "SELECT CASE WHEN changes() > 0 THEN coalesce(@GrainStateVersion, 0) + 1 ELSE @GrainStateVersion END AS NewGrainStateVersion;";

    // A key column is never null here: SQLite would let two rows with a null pass as different.
    private const string Tables = """
        CREATE TABLE IF NOT EXISTS OrleansQuery (
            QueryKey TEXT NOT NULL PRIMARY KEY,
            QueryText TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS OrleansStorage (
            GrainIdHash INTEGER NOT NULL,
            GrainIdN0 INTEGER NOT NULL,
            GrainIdN1 INTEGER NOT NULL,
            GrainTypeHash INTEGER NOT NULL,
            GrainTypeString TEXT NOT NULL,
            GrainIdExtensionString TEXT NOT NULL,
            ServiceId TEXT NOT NULL,
            PayloadBinary BLOB,
            Version INTEGER NOT NULL,
            PRIMARY KEY (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString, ServiceId)) WITHOUT ROWID;
        """;

    private static readonly (string Key, string Text)[] Queries =
    [
        ("ReadFromStorageKey", $"SELECT PayloadBinary, Version FROM OrleansStorage WHERE {Row};"),
        ("WriteToStorageKey",
            $"""
            INSERT INTO OrleansStorage (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, Version)
            SELECT @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, coalesce(@GrainIdExtensionString, ''), @ServiceId, @PayloadBinary, 1
            WHERE @GrainStateVersion IS NULL OR EXISTS (SELECT 1 FROM OrleansStorage WHERE {Row} AND Version = @GrainStateVersion)
            ON CONFLICT DO UPDATE SET PayloadBinary = excluded.PayloadBinary, Version = Version + 1 WHERE Version = @GrainStateVersion;
            {Answer}
            """),
        ("ClearStorageKey",
            $"UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1 WHERE {Row} AND Version = @GrainStateVersion; {Answer}"),
        ("DeleteStorageKey", $"DELETE FROM OrleansStorage WHERE {Row} AND Version = @GrainStateVersion; {Answer}"),
    ];

    /// <summary>Makes the tables and writes the statements anew, in one transaction.</summary>
    /// <exception cref="SqliteException">The file can't be opened.</exception>
    public static void Create(string connectionString)
    {
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var pragma = connection.CreateCommand();
        pragma.CommandText = "PRAGMA journal_mode=WAL";
        pragma.ExecuteNonQuery();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var tables = connection.CreateCommand();
        tables.Transaction = transaction;
        tables.CommandText = Tables;
        tables.ExecuteNonQuery();
        foreach (var (key, text) in Queries)
        {
            using var query = connection.CreateCommand();
            query.Transaction = transaction;
            query.CommandText =
                "INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES (@key, @text) ON CONFLICT (QueryKey) DO UPDATE SET QueryText = excluded.QueryText";
            query.Parameters.AddWithValue("@key", key);
            query.Parameters.AddWithValue("@text", text);
            query.ExecuteNonQuery();
        }

        transaction.Commit();
    }
}
