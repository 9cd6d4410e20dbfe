using System.Threading.Channels;
using Earmark.Storage.Journal;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Earmark.Storage.Sqlite;

/// <summary>
/// The one thread that writes the journal. Whatever waits goes into one transaction, bounded by count and bytes, across all
/// sites. A group that fails is rolled back whole by closing the connection; the next group opens it again, so a full disk or a
/// lock is tried anew with everything that comes.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly SqliteFile _file;
    private readonly StorageOptions _options;
    private readonly Channel<JournalWork> _inbox;
    private readonly Thread _thread;
    private readonly List<JournalWork> _group = [];
    private JournalStatements? _statements;
    private volatile bool _finishCheckpoint;

    /// <exception cref="SqliteException">The file can't be opened at start.</exception>
    public JournalWriter(SqliteFile file, StorageOptions options)
    {
        _file = file;
        _options = options;
        _inbox = Channel.CreateBounded<JournalWork>(new BoundedChannelOptions(options.JournalInboxAppends) { SingleReader = true });
        _statements = Open();
        _thread = new Thread(Run) { IsBackground = true, Name = "journal writer" };
        _thread.Start();
    }

    /// <summary>Cancelling counts only while there is no room: what is in the inbox is written and answered.</summary>
    public async Task<T> DoAsync<T>(Func<JournalStatements, T> apply, int bytes, CancellationToken cancel)
    {
        var work = new JournalWork<T>(apply, bytes);
        try
        {
            await _inbox.Writer.WriteAsync(work, cancel);
        }
        catch (ChannelClosedException exception)
        {
            throw new JournalUnavailableException("The journal is closed.", exception);
        }

        return await work.Answered;
    }

    /// <summary>Asks the writer to finish, between two groups, the checkpoint another connection has brought most of the way.</summary>
    public void AskToFinishCheckpoint() => _finishCheckpoint = true;

    /// <summary>Writes what waits, then closes.</summary>
    public void Dispose()
    {
        _inbox.Writer.TryComplete();
        _thread.Join();
        _statements?.Dispose();
    }

    private JournalStatements Open()
    {
        var connection = _file.OpenWriter(JournalSchema.PageBytes, automaticCheckpoints: false);
        try
        {
            SqliteFile.Execute(connection, $"PRAGMA max_page_count={_options.JournalMaximumBytes / JournalSchema.PageBytes}; PRAGMA journal_size_limit={_options.JournalLogBytes}");
            JournalSchema.Migrate(connection);
            return new JournalStatements(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Run()
    {
        while (_inbox.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            var bytes = 0L;
            while (_group.Count < _options.JournalGroupAppends && bytes < _options.JournalGroupBytes && _inbox.Reader.TryRead(out var work))
            {
                _group.Add(work);
                bytes += work.Bytes;
            }

            Commit();
            _group.Clear();
            FinishCheckpoint();
        }
    }

    private void Commit()
    {
        var committing = false;
        try
        {
            _statements ??= Open();
            _statements.Begin();
            foreach (var work in _group)
            {
                work.Apply(_statements);
            }

            committing = true;
            _statements.Commit();
        }
        catch (Exception exception)
        {
            Close();
            // A commit that failed for want of room or a lock wrote nothing. One that failed in the disk may stand after a crash: unknown.
            var unknown = committing && exception is not SqliteException { SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_BUSY };
            var failure = unknown ? exception : new JournalUnavailableException(exception.Message, exception);
            _group.ForEach(work => work.Fail(failure));
            return;
        }

        _group.ForEach(work => work.Answer());
    }

    private void FinishCheckpoint()
    {
        if (!_finishCheckpoint || _statements is null)
        {
            return;
        }

        _finishCheckpoint = false;
        try
        {
            _statements.FinishCheckpoint();
        }
        catch (SqliteException)
        {
            // Nothing is lost: the log stays and the next checkpoint tries again. The connection may be bad, so it goes.
            Close();
        }
    }

    private void Close()
    {
        _statements?.Dispose();
        _statements = null;
    }
}
