using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Earmark.Storage.Sqlite;

/// <summary>
/// Reads of one file: on the thread pool (Microsoft.Data.Sqlite blocks, and a grain's scheduler must not), a bounded number at
/// once, each with a time limit after which it is interrupted.
/// </summary>
internal sealed class SqliteReaders(SqliteFile file, StorageOptions options) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Readers, options.Readers);

    /// <exception cref="TimeoutException">The read took longer than <see cref="StorageOptions.ReadLimit"/>.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancel)
    {
        await _places.WaitAsync(cancel);
        try
        {
            return await Task.Run(() => Read(read, cancel), cancel);
        }
        finally
        {
            _places.Release();
        }
    }

    private T Read<T>(Func<SqliteConnection, T> read, CancellationToken cancel)
    {
        using var connection = file.OpenReader();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.ReadLimit);
        using var interrupting = limit.Token.Register(() => raw.sqlite3_interrupt(connection.Handle));
        try
        {
            return read(connection);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            cancel.ThrowIfCancellationRequested();
            throw new TimeoutException($"A read of {Path.GetFileName(file.Path)} took longer than {options.ReadLimit}.", exception);
        }
    }

    public void Dispose()
    {
        file.ClosePooled();
        _places.Dispose();
    }
}
