using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>Brings the journal's schema forward, each step once, under a lock that lets one process at a time.</summary>
internal static class JournalMigrations
{
    // Any number, the same for ever: it names the lock.
    private const long Lock = 0x4541524A;

    public const string Store = "journal";

    public static int Newest => JournalTables.Steps.Length;

    /// <summary>Runs what is missing, in one transaction; answers the version it found.</summary>
    /// <exception cref="InvalidDataException">The journal was written by a newer Earmark.</exception>
    public static int Apply(NpgsqlConnection connection)
    {
        using var transaction = connection.BeginTransaction();
        Execute(connection, $"SELECT pg_advisory_xact_lock({Lock})");
        var version = Version(connection);
        if (version > Newest)
        {
            throw new InvalidDataException($"The journal has version {version}; this Earmark knows up to {Newest}.");
        }

        if (version == 0)
        {
            Execute(connection, "CREATE SCHEMA IF NOT EXISTS journal; CREATE TABLE IF NOT EXISTS journal.schema_version (version INT PRIMARY KEY)");
        }

        for (var step = version; step < Newest; step++)
        {
            Execute(connection, JournalTables.Steps[step]);
            Execute(connection, $"INSERT INTO journal.schema_version VALUES ({step + 1})");
        }

        transaction.Commit();
        return version;
    }

    /// <summary>0 for a database without a journal. Changes nothing.</summary>
    public static int Version(NpgsqlConnection connection) =>
        Number(connection, "SELECT to_regclass('journal.schema_version')::oid::bigint") is null
            ? 0
            : (int)(Number(connection, "SELECT max(version)::bigint FROM journal.schema_version") ?? 0);

    /// <summary>Where it stands. Changes nothing.</summary>
    public static SchemaState State(NpgsqlConnection connection)
    {
        var version = Version(connection);
        return new(Store, version, Newest, [.. Enumerable.Range(version + 1, Math.Max(0, Newest - version)).Select(step => $"step {step}")]);
    }

    private static long? Number(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() as long?;
    }

    private static void Execute(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
