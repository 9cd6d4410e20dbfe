using Microsoft.Data.Sqlite;

namespace Earmark.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into journal.db off the commit path, on a thread of its own. It can't restart the log while
/// commits keep coming (baselines.md): past
/// <see cref="StorageOptions.JournalLogBytes"/> it asks the writer to take the last step.
/// </summary>
internal sealed class JournalCheckpoints : IDisposable
{
    private readonly SqliteFile _file;
    private readonly JournalWriter _writer;
    private readonly StorageOptions _options;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private SqliteConnection? _connection;

    public JournalCheckpoints(SqliteFile file, JournalWriter writer, StorageOptions options)
    {
        _file = file;
        _writer = writer;
        _options = options;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal checkpoints" };
        _thread.Start();
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _connection?.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.Wait(_options.JournalCheckpointEvery))
        {
            try
            {
                Checkpoint();
            }
            catch (SqliteException)
            {
                // Disk full or locked: the log keeps everything; opened anew and tried again at the next turn.
                _connection?.Dispose();
                _connection = null;
            }
        }
    }

    private void Checkpoint()
    {
        _connection ??= _file.OpenWriter(JournalSchema.PageBytes, automaticCheckpoints: false);
        using var command = _connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using var row = command.ExecuteReader();
        row.Read();
        if (row.GetInt64(1) * JournalSchema.PageBytes > _options.JournalLogBytes)
        {
            _writer.AskToFinishCheckpoint();
        }
    }
}
