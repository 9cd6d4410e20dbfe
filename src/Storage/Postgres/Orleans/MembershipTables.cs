namespace Earmark.Storage.Postgres.Orleans;

/// <summary>
/// Which silos there are and whether they live. The row of the version is taken first by every change of a silo's row: of two
/// silos that change the table at once one finds its version gone, and nothing of it is written.
/// </summary>
internal static class MembershipTables
{
    private const string Silo = "DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation";

    private const string Known = $"EXISTS (SELECT 1 FROM OrleansMembershipTable WHERE {Silo})";

    private const string Raise = """
        UPDATE OrleansMembershipVersionTable SET Timestamp = now(), Version = Version + 1
        WHERE DeploymentId = @DeploymentId AND Version = @Version
        """;

    private const string Read = """
        SELECT v.DeploymentId, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime, v.Version
        FROM OrleansMembershipVersionTable v LEFT JOIN OrleansMembershipTable m ON v.DeploymentId = m.DeploymentId
        """;

    public const string Create = """
        CREATE TABLE OrleansMembershipVersionTable (
            DeploymentId TEXT COLLATE "C" PRIMARY KEY,
            Timestamp TIMESTAMPTZ NOT NULL DEFAULT now(),
            Version INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE OrleansMembershipTable (
            DeploymentId TEXT COLLATE "C" NOT NULL REFERENCES OrleansMembershipVersionTable,
            Address TEXT COLLATE "C" NOT NULL,
            Port INTEGER NOT NULL,
            Generation INTEGER NOT NULL,
            SiloName TEXT NOT NULL,
            HostName TEXT NOT NULL,
            Status INTEGER NOT NULL,
            ProxyPort INTEGER,
            SuspectTimes TEXT,
            StartTime TIMESTAMPTZ NOT NULL,
            IAmAliveTime TIMESTAMPTZ NOT NULL,
            PRIMARY KEY (DeploymentId, Address, Port, Generation));
        """;

    public static IReadOnlyList<(string Key, string Text)> Queries { get; } =
    [
        ("InsertMembershipVersionKey",
            """
            WITH done AS (INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId) ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*)::integer FROM done
            """),
        ("InsertMembershipKey",
            $"""
            WITH raised AS ({Raise} AND NOT {Known} RETURNING 1), done AS (
                INSERT INTO OrleansMembershipTable (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
                SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime FROM raised
                RETURNING 1)
            SELECT count(*)::integer FROM done
            """),
        ("UpdateMembershipKey",
            $"""
            WITH raised AS ({Raise} AND {Known} RETURNING 1), done AS (
                UPDATE OrleansMembershipTable SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
                WHERE {Silo} AND EXISTS (SELECT 1 FROM raised)
                RETURNING 1)
            SELECT count(*)::integer FROM done
            """),
        ("UpdateIAmAlivetimeKey", $"UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime WHERE {Silo}"),
        ("MembershipReadRowKey", $"{Read} AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation WHERE v.DeploymentId = @DeploymentId"),
        ("MembershipReadAllKey", $"{Read} WHERE v.DeploymentId = @DeploymentId"),
        ("DeleteMembershipTableEntriesKey",
            """
            DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
            DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId
            """),
        ("GatewaysQueryKey",
            "SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0"),
        ("CleanupDefunctSiloEntriesKey",
            "DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3"),
    ];
}
