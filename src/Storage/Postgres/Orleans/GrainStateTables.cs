namespace Earmark.Storage.Postgres.Orleans;

/// <summary>
/// State of grains. Each write is one statement, hence atomic; it answers with the new version, or with the given one where
/// nothing matched, which the provider takes for an inconsistent state.
/// </summary>
internal static class GrainStateTables
{
    private const string Row = """
        GrainIdHash = @GrainIdHash AND GrainTypeHash = @GrainTypeHash AND GrainIdN0 = @GrainIdN0 AND GrainIdN1 = @GrainIdN1
        AND GrainTypeString = @GrainTypeString AND GrainIdExtensionString = coalesce(@GrainIdExtensionString::text, '') AND ServiceId = @ServiceId
        """;

    private const string Answer =
        "SELECT coalesce((SELECT Version FROM changed), @GrainStateVersion::integer) AS NewGrainStateVersion";

    // A key column is never null: two rows with a null would pass as different. Rows change often and only beside the key: room in each page lets that happen in place.
    public const string Create = """
        CREATE TABLE OrleansStorage (
            GrainIdHash INTEGER NOT NULL,
            GrainIdN0 BIGINT NOT NULL,
            GrainIdN1 BIGINT NOT NULL,
            GrainTypeHash INTEGER NOT NULL,
            GrainTypeString TEXT COLLATE "C" NOT NULL,
            GrainIdExtensionString TEXT COLLATE "C" NOT NULL,
            ServiceId TEXT COLLATE "C" NOT NULL,
            PayloadBinary BYTEA,
            Version INTEGER NOT NULL,
            PRIMARY KEY (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString, ServiceId)) WITH (fillfactor = 80);
        """;

    public static IReadOnlyList<(string Key, string Text)> Queries { get; } =
    [
        ("ReadFromStorageKey", $"SELECT PayloadBinary, Version FROM OrleansStorage WHERE {Row}"),
        ("WriteToStorageKey",
            $"""
            WITH changed AS (
                INSERT INTO OrleansStorage AS o (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId, PayloadBinary, Version)
                SELECT @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, coalesce(@GrainIdExtensionString::text, ''), @ServiceId, @PayloadBinary, 1
                WHERE @GrainStateVersion::integer IS NULL OR EXISTS (SELECT 1 FROM OrleansStorage WHERE {Row} AND Version = @GrainStateVersion::integer)
                ON CONFLICT (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainTypeString, GrainIdExtensionString, ServiceId)
                DO UPDATE SET PayloadBinary = excluded.PayloadBinary, Version = o.Version + 1 WHERE o.Version = @GrainStateVersion::integer
                RETURNING Version)
            {Answer}
            """),
        ("ClearStorageKey",
            $"""
            WITH changed AS (
                UPDATE OrleansStorage SET PayloadBinary = NULL, Version = Version + 1 WHERE {Row} AND Version = @GrainStateVersion::integer
                RETURNING Version)
            {Answer}
            """),
        ("DeleteStorageKey",
            $"""
            WITH changed AS (
                DELETE FROM OrleansStorage WHERE {Row} AND Version = @GrainStateVersion::integer
                RETURNING Version + 1 AS Version)
            {Answer}
            """),
    ];
}
