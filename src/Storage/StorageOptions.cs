using Earmark.Storage.Influx;
using Earmark.Storage.Postgres;

namespace Earmark.Storage;

/// <summary>Where the embedded stores live and what they may use. Every limit here is enforced and tested.</summary>
public sealed record StorageOptions
{
    /// <summary>Folder of journal.db, book.db, history.db and grains.db. Made when it is not there.</summary>
    public required string DataFolder { get; init; }

    /// <summary>When given, the stores that PostgreSQL can hold are there instead of in files.</summary>
    public PostgresConnection? Postgres { get; init; }

    /// <summary>The History lives on this server instead of in history.db; null keeps it embedded.</summary>
    public InfluxOptions? Influx { get; init; }

    /// <summary>Appends waiting for the journal's writer; a caller beyond waits for room.</summary>
    public int JournalInboxAppends { get; init; } = 8_192;

    /// <summary>Appends committed in one transaction at most.</summary>
    public int JournalGroupAppends { get; init; } = 1_024;

    /// <summary>Bytes of bodies committed in one transaction at most (one append may exceed it alone).</summary>
    public int JournalGroupBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The journal's file grows to this and then refuses appends as unavailable, leaving the disk's rest to the other stores.</summary>
    public long JournalMaximumBytes { get; init; } = 1L << 40;

    /// <summary>Past this the journal's write-ahead log is emptied between two commits; its file is cut back to this.</summary>
    public long JournalLogBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>How often the log is copied into the journal's file beside the commits.</summary>
    public TimeSpan JournalCheckpointEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a writer waits for a lock another process holds.</summary>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A read that takes longer is interrupted: it would keep the write-ahead log from being emptied.</summary>
    public TimeSpan ReadLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads of one file at the same time; others wait.</summary>
    public int Readers { get; init; } = 6;

    /// <summary>Transactions waiting for the writer of the Book or of the History.</summary>
    public int WriterInbox { get; init; } = 4_096;

    /// <summary>How much time of the journal lies in one partition on PostgreSQL, by the database's clock.</summary>
    public TimeSpan JournalPeriod { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How often it is looked whether the next partition's time has come.</summary>
    public TimeSpan JournalPeriodCheckEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a connection to PostgreSQL may take to come about.</summary>
    public TimeSpan PostgresConnectLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one step of a group's commit may take on PostgreSQL; past the last step its outcome is unknown.</summary>
    public TimeSpan PostgresCommitLimit { get; init; } = TimeSpan.FromSeconds(15);
}
