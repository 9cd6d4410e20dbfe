using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>One database file: how its writer and its readers open it.</summary>
internal sealed class SqliteFile
{
    private readonly string _writer;
    private readonly string _reader;
    private readonly int _lockWaitMilliseconds;

    public SqliteFile(StorageOptions options, string name)
    {
        Path = System.IO.Path.Combine(options.DataFolder, name);
        var wait = Math.Max(1, (int)Math.Ceiling(options.LockWait.TotalSeconds));
        _lockWaitMilliseconds = (int)options.LockWait.TotalMilliseconds;
        _writer = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = wait,
        }.ToString();
        _reader = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = true,
            DefaultTimeout = wait,
        }.ToString();
    }

    public string Path { get; }

    /// <summary>Write-ahead log. The page size counts only before the first table.</summary>
    /// <param name="everyCommitOnDisk">Else a power cut may take the last commits away, in order and whole.</param>
    /// <exception cref="SqliteException">The file can't be opened.</exception>
    public SqliteConnection OpenWriter(int pageBytes, bool automaticCheckpoints, bool everyCommitOnDisk = true)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var connection = new SqliteConnection(_writer);
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout={_lockWaitMilliseconds}");
            Execute(connection, $"PRAGMA page_size={pageBytes}; PRAGMA journal_mode=WAL; PRAGMA synchronous={(everyCommitOnDisk ? "FULL" : "NORMAL")}; PRAGMA recursive_triggers=ON;");
            Execute(connection, automaticCheckpoints ? "PRAGMA wal_autocheckpoint=1000" : "PRAGMA wal_autocheckpoint=0");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public SqliteConnection OpenReader()
    {
        var connection = new SqliteConnection(_reader);
        connection.Open();
        return connection;
    }

    /// <summary>Closes the readers kept for reuse.</summary>
    public void ClosePooled()
    {
        using var any = new SqliteConnection(_reader);
        SqliteConnection.ClearPool(any);
    }

    /// <summary>Runs the steps a file has not seen yet, in one transaction; its version is how many it has seen.</summary>
    /// <exception cref="InvalidDataException">The file was written by a newer Earmark.</exception>
    public static void Migrate(SqliteConnection connection, string name, ReadOnlySpan<string> steps)
    {
        Execute(connection, "BEGIN IMMEDIATE");
        var version = (int)Scalar(connection, "PRAGMA user_version");
        if (version > steps.Length)
        {
            Execute(connection, "ROLLBACK");
            throw new InvalidDataException($"{name} has version {version}; this Earmark knows up to {steps.Length}.");
        }

        for (var step = version; step < steps.Length; step++)
        {
            Execute(connection, steps[step]);
            Execute(connection, $"PRAGMA user_version={step + 1}");
        }

        Execute(connection, "COMMIT");
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
