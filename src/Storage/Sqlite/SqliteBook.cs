using Earmark.Storage.Book;
using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>The Book in book.db. Microsoft.Data.Sqlite completes every asynchronous call before it returns, so a session's function runs through on the writer's or a pool thread.</summary>
public sealed class SqliteBook : BookDatabase, IDisposable
{
    private const int PageBytes = 4_096;

    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    /// <summary>Opens book.db, making or migrating it.</summary>
    /// <exception cref="SqliteException">The file can't be opened.</exception>
    /// <exception cref="InvalidDataException">It was written by a newer Earmark.</exception>
    public SqliteBook(StorageOptions options)
    {
        var file = new SqliteFile(options, "book.db");
        using (var connection = file.OpenWriter(PageBytes, automaticCheckpoints: true))
        {
            Migrate(connection);
        }

        _writer = new SqliteWriter("book writer", options.WriterInbox, () => file.OpenWriter(PageBytes, automaticCheckpoints: true));
        _readers = new SqliteReaders(file, options);
    }

    public override Task<T> ReadAsync<T>(Func<BookSession, Task<T>> read, CancellationToken cancel) => _readers.ReadAsync(
        connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: true);
            using var session = new BookSession(connection, transaction, cancel);
            return read(session).GetAwaiter().GetResult();
        },
        cancel);

    public override Task<T> WriteAsync<T>(Func<BookSession, Task<T>> write, CancellationToken cancel) => _writer.WriteAsync(
        (connection, transaction) =>
        {
            using var session = new BookSession(connection, transaction, CancellationToken.None);
            return write(session).GetAwaiter().GetResult();
        },
        cancel);

    public void Dispose()
    {
        _writer.Dispose();
        _readers.Dispose();
    }

    private static void Migrate(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using (var session = new BookSession(connection, transaction, CancellationToken.None))
        {
            BookMigrations.ApplyAsync(session).GetAwaiter().GetResult();
        }

        transaction.Commit();
    }
}
