using System.Data;
using Earmark.Storage.Book;
using Npgsql;

namespace Earmark.Storage.Postgres;

/// <summary>
/// The Book on PostgreSQL. Writes are READ COMMITTED: each takes the row it decides on first and so waits for the one before it;
/// what that leaves to chance (a unique key, a deadlock, a serialization failure) is run again from its beginning and answers as
/// it would have alone. The schema is made beforehand: <see cref="PostgresMigrations"/>.
/// </summary>
public sealed class PostgresBook(PostgresOptions options, TimeProvider time) : BookDatabase, IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan RacePause = TimeSpan.FromMilliseconds(5);
    private const uint DifferentPauses = 8;
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(200);

    private readonly NpgsqlDataSource _source = options.Pool(options.BookWriters + options.BookReaders);
    private uint _racesLost;
    private readonly SemaphoreSlim _writers = new(options.BookWriters, options.BookWriters);
    private readonly SemaphoreSlim _readers = new(options.BookReaders, options.BookReaders);

    public override string SkipHeldRows => "FOR UPDATE SKIP LOCKED";

    /// <exception cref="TimeoutException">The read took longer than <see cref="PostgresOptions.ReadLimit"/>.</exception>
    public override async Task<T> ReadAsync<T>(Func<BookSession, Task<T>> read, CancellationToken cancel)
    {
        await _readers.WaitAsync(cancel);
        try
        {
            return await AgainAsync(() => ReadOnceAsync(read, cancel), cancel);
        }
        finally
        {
            _readers.Release();
        }
    }

    /// <summary>Cancelling counts only while there is no place: a transaction that was begun is ended.</summary>
    public override async Task<T> WriteAsync<T>(Func<BookSession, Task<T>> write, CancellationToken cancel)
    {
        await _writers.WaitAsync(cancel);
        try
        {
            return await AgainAsync(() => WriteOnceAsync(write), CancellationToken.None);
        }
        finally
        {
            _writers.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        _writers.Dispose();
        _readers.Dispose();
        return _source.DisposeAsync();
    }

    public void Dispose()
    {
        _writers.Dispose();
        _readers.Dispose();
        _source.Dispose();
    }

    private async Task<T> AgainAsync<T>(Func<Task<T>> attempt, CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        for (var races = 0; ; )
        {
            TimeSpan pause;
            try
            {
                return await attempt();
            }
            catch (PostgresException lost) when (PostgresFailures.IsRace(lost) && races < options.RaceAttempts)
            {
                races++;
                // Of those that met, each comes back at another time.
                pause = RacePause * (Interlocked.Increment(ref _racesLost) % DifferentPauses);
            }
            catch (NpgsqlException away) when (PostgresFailures.IsAway(away) && time.GetElapsedTime(began) < options.ReconnectFor)
            {
                pause = ReconnectPause;
            }

            await Task.Delay(pause, time, cancel);
        }
    }

    private async Task<T> ReadOnceAsync<T>(Func<BookSession, Task<T>> read, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.ReadLimit);
        try
        {
            await using var connection = await _source.OpenConnectionAsync(limit.Token);
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, limit.Token);
            using var session = new BookSession(connection, transaction, limit.Token, keepsCommands: false);
            return await read(session);
        }
        catch (OperationCanceledException late) when (!cancel.IsCancellationRequested)
        {
            throw new TimeoutException($"A read of the Book took longer than {options.ReadLimit}.", late);
        }
    }

    private async Task<T> WriteOnceAsync<T>(Func<BookSession, Task<T>> write)
    {
        await using var connection = await _source.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, CancellationToken.None);
        T result;
        using (var session = new BookSession(connection, transaction, CancellationToken.None, keepsCommands: false))
        {
            result = await write(session);
        }

        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (NpgsqlException unknown) when (unknown is not PostgresException || PostgresFailures.IsAway(unknown))
        {
            throw new BookOutcomeUnknownException(unknown);
        }

        return result;
    }
}
