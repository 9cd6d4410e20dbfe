using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>What PostgreSQL's failures mean to a transaction that was not committed.</summary>
internal static class PostgresFailures
{
    /// <summary>Another transaction was there first: the same again finds what it did.</summary>
    public static bool IsRace(PostgresException failure) => failure.SqlState is
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.UniqueViolation;

    /// <summary>There was no server to talk to, or it went away; the transaction is not there.</summary>
    public static bool IsAway(NpgsqlException failure) => failure is PostgresException answered
        ? answered.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections
        : failure.IsTransient;
}
