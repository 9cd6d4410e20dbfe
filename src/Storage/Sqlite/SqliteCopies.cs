using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>
/// Copies of the embedded stores while Earmark writes to them. All are read as of one instant: a reading transaction is opened on each,
/// and opened anew when anything was committed meanwhile, so that no decision cites an entry that is not there and no pledge is known
/// to one file only. Copying then takes its time; until it ends the write-ahead logs can't be emptied and grow.
/// </summary>
public static class SqliteCopies
{
    /// <summary>Every file of a data folder that is a database; the order in which they are read should they never stand still.</summary>
    public static readonly string[] Files = ["book.db", "history.db", "journal.db", "grains.db"];

    private const int Tries = 2_000;

    /// <summary>Answers the names that were there and are copied, and whether all of them are of one instant.</summary>
    /// <exception cref="SqliteException">A file can't be read or written.</exception>
    public static (IReadOnlyList<string> Copied, bool OneInstant) Make(string dataFolder, string target, CancellationToken cancel)
    {
        var names = Files.Where(name => File.Exists(Path.Combine(dataFolder, name))).ToArray();
        var sources = names.Select(name => Open(Path.Combine(dataFolder, name), SqliteOpenMode.ReadOnly)).ToArray();
        var watches = names.Select(name => Open(Path.Combine(dataFolder, name), SqliteOpenMode.ReadOnly)).ToArray();
        try
        {
            var oneInstant = HoldStill(sources, watches);
            for (var at = 0; at < names.Length; at++)
            {
                cancel.ThrowIfCancellationRequested();
                using var copy = Open(Path.Combine(target, names[at]), SqliteOpenMode.ReadWriteCreate);
                sources[at].BackupDatabase(copy);
            }

            return (names, oneInstant);
        }
        finally
        {
            foreach (var connection in sources.Concat(watches))
            {
                connection.Dispose();
            }
        }
    }

    /// <summary>Makes each copy one file again after it was opened: no log of its own beside it. Nobody may have it open.</summary>
    public static void Settle(string folder)
    {
        foreach (var path in Files.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            using var copy = Open(path, SqliteOpenMode.ReadWrite);
            SqliteFile.Execute(copy, "PRAGMA wal_checkpoint(TRUNCATE)");
            SqliteFile.Execute(copy, "PRAGMA journal_mode=DELETE");
        }
    }

    private static bool HoldStill(SqliteConnection[] sources, SqliteConnection[] watches)
    {
        for (var tries = 1; ; tries++)
        {
            var before = Versions(watches);
            foreach (var source in sources)
            {
                // The snapshot is taken by the first read, not by BEGIN.
                SqliteFile.Execute(source, "BEGIN");
                SqliteFile.Scalar(source, "SELECT count(*) FROM sqlite_master");
            }

            var stoodStill = Versions(watches).SequenceEqual(before);
            if (stoodStill || tries == Tries)
            {
                return stoodStill;
            }

            foreach (var source in sources)
            {
                SqliteFile.Execute(source, "ROLLBACK");
            }
        }
    }

    /// <summary>A connection's data version changes when another connection has committed.</summary>
    private static long[] Versions(SqliteConnection[] watches) => [.. watches.Select(watch => SqliteFile.Scalar(watch, "PRAGMA data_version"))];

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
