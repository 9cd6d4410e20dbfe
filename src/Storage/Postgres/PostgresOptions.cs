using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>One PostgreSQL database for the Journal, the Book and what Orleans keeps. Every limit here is enforced.</summary>
public sealed record PostgresOptions
{
    public required PostgresConnection Connection { get; init; }

    /// <summary>Transactions of the Book at the same time from this process; others wait their turn.</summary>
    public int BookWriters { get; init; } = 8;

    /// <summary>Reads of the Book at the same time from this process; others wait their turn.</summary>
    public int BookReaders { get; init; } = 8;

    /// <summary>A read that takes longer is cancelled: an old snapshot keeps the server from clearing away dead rows.</summary>
    public TimeSpan ReadLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A transaction that lost its connection before its commit was sent, or got none, is tried again this long.</summary>
    public TimeSpan ReconnectFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a transaction that lost a race (serialization, deadlock, unique key) is run again.</summary>
    public int RaceAttempts { get; init; } = 20;

    /// <summary>A pool of connections of its own, at most as big as asked.</summary>
    internal NpgsqlDataSource Pool(int connections) => NpgsqlDataSource.Create(Connection.Text(text =>
    {
        text.MaxPoolSize = connections;
        text.MaxAutoPrepare = 200;
    }));
}
