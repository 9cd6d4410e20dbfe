using System.Text;
using System.Threading.Channels;

namespace Earmark.DeviceSim.Link;

/// <summary>
/// A file of lines that only grows. <see cref="AppendAsync"/> returns once the line is on the disk; lines that come together share one
/// sync. A line torn by a power cut is cut off when the file is opened again.
/// </summary>
public sealed class SyncedLog : IAsyncDisposable
{
    private const int MaxLinesPerSync = 1024;
    private const int MaxWaitingLines = 16 * 1024;

    private readonly string _path;
    private readonly long _maxBytes;
    private readonly Channel<(string Line, TaskCompletionSource Done)> _waiting =
        Channel.CreateBounded<(string, TaskCompletionSource)>(new BoundedChannelOptions(MaxWaitingLines) { SingleReader = true });
    private readonly Task _writing;
    private FileStream _file;
    private bool _torn;

    public SyncedLog(string path, long maxBytes)
    {
        _path = path;
        _maxBytes = maxBytes;
        CutTornLine(path);
        _file = Open();
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>All lines of the log and of the one rotated before it, oldest first.</summary>
    public static IEnumerable<string> ReadLines(string path) =>
        new[] { path + ".1", path }.Where(File.Exists).SelectMany(File.ReadLines);

    /// <exception cref="IOException">The line could not be written; it must be taken as not there.</exception>
    public async Task AppendAsync(string line)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _waiting.Writer.WriteAsync((line, done));
        await done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writing;
        await _file.DisposeAsync();
    }

    private static void CutTornLine(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        long end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }

            end--;
        }

        file.SetLength(end);
    }

    private FileStream Open() => new(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private async Task WriteAsync()
    {
        var batch = new List<TaskCompletionSource>();
        var text = new StringBuilder();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            text.Clear();
            while (batch.Count < MaxLinesPerSync && _waiting.Reader.TryRead(out (string Line, TaskCompletionSource Done) item))
            {
                text.Append(item.Line).Append('\n');
                batch.Add(item.Done);
            }

            try
            {
                Write(text.ToString());
                batch.ForEach(done => done.SetResult());
            }
            catch (IOException e)
            {
                _torn = true;
                batch.ForEach(done => done.SetException(e));
            }
        }
    }

    private void Write(string lines)
    {
        if (_torn)
        {
            // The failed write may have left half a line, which must not become the start of this one.
            _file.Dispose();
            CutTornLine(_path);
            _file = Open();
            _torn = false;
        }

        if (_file.Length >= _maxBytes)
        {
            _file.Dispose();
            File.Move(_path, _path + ".1", overwrite: true);
            _file = Open();
        }

        _file.Write(Encoding.ASCII.GetBytes(lines));
        _file.Flush(flushToDisk: true);
    }
}
