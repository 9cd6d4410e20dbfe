using Earmark.Storage.Book;
using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>The schemas of a data folder's files: looked at without changing anything, brought forward by opening the stores.</summary>
public static class SqliteSchemas
{
    private static readonly (string Store, string File, Func<SqliteConnection, SchemaState> Look)[] Files =
    [
        ("journal", "journal.db", connection => Numbered("journal", connection, JournalSchema.Newest)),
        ("book", "book.db", Book),
        ("history", "history.db", connection => Numbered("history", connection, HistorySchema.Newest)),
    ];

    /// <exception cref="InvalidDataException">A newer Earmark wrote one of them.</exception>
    public static IReadOnlyList<SchemaState> Look(StorageOptions options)
    {
        var states = Files.Select(file => Look(Path.Combine(options.DataFolder, file.File), file.Store, file.Look)).ToArray();
        foreach (var state in states)
        {
            SchemaState.Refuse(state.Store, state.Version, state.Newest);
        }

        return states;
    }

    /// <summary>Each store migrates its file when it is opened, in a transaction of the file's own. Answers what stood before.</summary>
    /// <exception cref="InvalidDataException">A newer Earmark wrote one of them; none was changed.</exception>
    public static IReadOnlyList<SchemaState> Apply(StorageOptions options)
    {
        var before = Look(options);
        new SqliteJournal(options).Dispose();
        new SqliteBook(options).Dispose();
        new SqliteHistory(options).Dispose();
        return before;
    }

    private static SchemaState Look(string path, string store, Func<SqliteConnection, SchemaState> look)
    {
        if (!File.Exists(path))
        {
            using var nothing = new SqliteConnection("Data Source=:memory:");
            nothing.Open();
            return look(nothing);
        }

        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return look(connection);
    }

    private static SchemaState Numbered(string store, SqliteConnection connection, int newest)
    {
        var version = (int)SqliteFile.Scalar(connection, "PRAGMA user_version");
        return new SchemaState(store, version, newest, [.. Enumerable.Range(version + 1, Math.Max(0, newest - version)).Select(step => $"step {step}")]);
    }

    private static SchemaState Book(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        using var session = new BookSession(connection, transaction, CancellationToken.None);
        return SchemaState.Of("book", BookMigrations.VersionAsync(session).GetAwaiter().GetResult(), BookMigrations.For(BookDialect.Sqlite));
    }
}
