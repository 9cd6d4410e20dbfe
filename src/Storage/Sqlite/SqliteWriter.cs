using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>
/// The one thread and connection that write a file. What waits shares one commit, each piece behind a savepoint of its own: one
/// that throws is undone alone. After a failed commit the connection is opened again.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int GroupPieces = 256;

    private readonly Func<SqliteConnection> _open;
    private readonly Channel<Piece> _inbox;
    private readonly Thread _thread;
    private readonly List<Piece> _group = [];
    private SqliteConnection? _connection;

    /// <exception cref="SqliteException">The file can't be opened at start.</exception>
    public SqliteWriter(string name, int inbox, Func<SqliteConnection> open)
    {
        _open = open;
        _inbox = Channel.CreateBounded<Piece>(new BoundedChannelOptions(inbox) { SingleReader = true });
        _connection = open();
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Runs on the writer's thread; answered after the commit. Cancelling counts only while there is no room.</summary>
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, SqliteTransaction, T> write, CancellationToken cancel)
    {
        var piece = new Piece<T>(write);
        try
        {
            await _inbox.Writer.WriteAsync(piece, cancel);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(_thread.Name);
        }

        return await piece.Answered;
    }

    public void Dispose()
    {
        _inbox.Writer.TryComplete();
        _thread.Join();
        _connection?.Dispose();
    }

    private void Run()
    {
        while (_inbox.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_group.Count < GroupPieces && _inbox.Reader.TryRead(out var piece))
            {
                _group.Add(piece);
            }

            Commit();
            _group.Clear();
        }
    }

    private void Commit()
    {
        try
        {
            _connection ??= _open();
            using var transaction = _connection.BeginTransaction(deferred: false);
            foreach (var piece in _group)
            {
                transaction.Save("piece");
                if (!piece.Try(_connection, transaction))
                {
                    transaction.Rollback("piece");
                }

                transaction.Release("piece");
            }

            transaction.Commit();
        }
        catch (Exception exception)
        {
            _connection?.Dispose();
            _connection = null;
            _group.ForEach(piece => piece.Fail(exception));
            return;
        }

        _group.ForEach(piece => piece.Answer());
    }

    private abstract class Piece
    {
        /// <summary>False when it threw: what it wrote is undone.</summary>
        public abstract bool Try(SqliteConnection connection, SqliteTransaction transaction);

        public abstract void Answer();

        public abstract void Fail(Exception exception);
    }

    private sealed class Piece<T>(Func<SqliteConnection, SqliteTransaction, T> write) : Piece
    {
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _thrown;

        public Task<T> Answered => _answer.Task;

        public override bool Try(SqliteConnection connection, SqliteTransaction transaction)
        {
            try
            {
                _result = write(connection, transaction);
                return true;
            }
            catch (Exception exception)
            {
                _thrown = exception;
                return false;
            }
        }

        public override void Answer()
        {
            if (_thrown is { } thrown)
            {
                _answer.TrySetException(thrown);
            }
            else
            {
                _answer.TrySetResult(_result!);
            }
        }

        public override void Fail(Exception exception) => _answer.TrySetException(_thrown ?? exception);
    }
}
