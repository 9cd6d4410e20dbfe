using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Earmark.Gateway.Outbox;

/// <summary>Appends to the outbox's newest file and syncs. After a failure it goes on in a new file: nothing behind a torn write is read.</summary>
internal sealed class OutboxPen(string folder, long lastNumber) : IDisposable
{
    private const long FileBytes = 4 * 1024 * 1024;
    private const int ReadOnly = 0;

    private long _number = lastNumber;
    private FileStream? _stream;

    public OutboxFile? Current { get; private set; }

    public static string Pattern => "outbox-*.frames";

    public static long Number(string path) =>
        long.Parse(Path.GetFileNameWithoutExtension(path).AsSpan("outbox-".Length), CultureInfo.InvariantCulture);

    /// <summary>Their offsets in <see cref="Current"/>, when they are safe.</summary>
    /// <exception cref="IOException">Nothing of it counts.</exception>
    public long[] Append(IReadOnlyList<OutboxFrame> frames)
    {
        if (_stream is null)
        {
            Open();
        }
        try
        {
            var offsets = new long[frames.Count];
            for (var i = 0; i < offsets.Length; i++)
            {
                offsets[i] = _stream!.Position;
                OutboxRecord.Write(frames[i], _stream);
            }
            _stream!.Flush(flushToDisk: true);
            return offsets;
        }
        catch (IOException)
        {
            Close();
            throw;
        }
    }

    public bool IsFull => _stream is { Position: >= FileBytes };

    public void Close()
    {
        try
        {
            _stream?.Dispose();
        }
        finally
        {
            _stream = null;
            Current?.IsOpen = false;
            Current = null;
        }
    }

    public void Dispose() => Close();

    private void Open()
    {
        var path = Path.Combine(folder, $"outbox-{++_number:D12}.frames");
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        _stream = new FileStream(path, options);
        Current = new OutboxFile(path) { IsOpen = true };
        SyncFolder();
    }

    // A new file is safe only when its name is.
    private void SyncFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var handle = OpenFolder(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (handle < 0 || Sync(handle) != 0)
        {
            throw new IOException($"{folder} could not be synced ({Marshal.GetLastPInvokeErrorMessage()}).");
        }
        _ = CloseFolder(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int OpenFolder(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseFolder(int handle);
}
