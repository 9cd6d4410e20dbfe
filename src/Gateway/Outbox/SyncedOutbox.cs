using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Earmark.Gateway.Outbox;

/// <summary>
/// Frames on disk between a broker that has been told they are safe and a site that does not take them yet. Bounded in bytes; a frame is in
/// it when it is synced. What was in it at a crash is in it again, perhaps twice: sites know a repeated frame. Safe for threads.
/// </summary>
internal sealed class SyncedOutbox : IAsyncDisposable
{
    private const int WrittenAtOnce = 1_000;

    private readonly OutboxPen _pen;
    private readonly long _limit;
    private readonly ILogger _log;
    private readonly Lock _turn = new();
    private readonly Lock _writing = new();
    private readonly Dictionary<string, Queue<OutboxPlace>> _byDevice = [];
    private readonly Channel<(OutboxFrame Frame, Action<bool> Synced)> _writes = Channel.CreateUnbounded<(OutboxFrame, Action<bool>)>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _writer;
    private long _bytes;
    private int _count;

    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public SyncedOutbox(string folder, long limit, ILogger log)
    {
        (_limit, _log) = (limit, log);
        System.IO.Directory.CreateDirectory(folder);
        var files = System.IO.Directory.GetFiles(folder, OutboxPen.Pattern).Order(StringComparer.Ordinal).ToArray();
        Array.ForEach(files, Load);
        _pen = new OutboxPen(folder, files.Length == 0 ? 0 : OutboxPen.Number(files[^1]));
        _writer = Task.Run(WriteAsync);
    }

    /// <summary>Frames in it.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <param name="synced">Called once: with true when the frame is safe, with false when it could not be written.</param>
    /// <returns>False when it is full: the frame is not in it and nobody is called.</returns>
    public bool TryAdd(OutboxFrame frame, Action<bool> synced)
    {
        var length = OutboxRecord.Length(frame);
        if (Interlocked.Add(ref _bytes, length) <= _limit && _writes.Writer.TryWrite((frame, synced)))
        {
            return true;
        }
        Interlocked.Add(ref _bytes, -length);
        return false;
    }

    /// <summary>Devices with frames in it.</summary>
    public string[] Devices()
    {
        lock (_turn)
        {
            return [.. _byDevice.Keys];
        }
    }

    public bool Has(string deviceId)
    {
        lock (_turn)
        {
            return _byDevice.ContainsKey(deviceId);
        }
    }

    /// <summary>The oldest frames of a device, at most <paramref name="count"/>; they stay until <see cref="Done"/>. Null where the disk has lost one.</summary>
    public OutboxFrame?[] Oldest(string deviceId, int count)
    {
        OutboxPlace[] places;
        lock (_turn)
        {
            places = _byDevice.TryGetValue(deviceId, out var queue) ? [.. queue.Take(count)] : [];
        }
        return Array.ConvertAll(places, place => place.File.Read(place.Offset));
    }

    /// <summary>The oldest <paramref name="count"/> frames of a device need no keeping any more.</summary>
    public void Done(string deviceId, int count)
    {
        lock (_turn)
        {
            var queue = _byDevice[deviceId];
            for (; count > 0; count--)
            {
                var place = queue.Dequeue();
                _count--;
                place.File.Remove();
                DeleteWhenDone(place.File);
            }
            if (queue.Count == 0)
            {
                _byDevice.Remove(deviceId);
            }
        }
        if (Count == 0)
        {
            CloseWhenEmpty();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _writes.Writer.TryComplete();
        await _writer;
        _pen.Dispose();
    }

    private void Load(string path)
    {
        OutboxFile loaded = new(path);
        using (FileStream file = new(path, FileMode.Open, FileAccess.Read))
        {
            for (var at = file.Position; OutboxRecord.Read(file) is { } frame; at = file.Position)
            {
                Index(frame.DeviceId, loaded, at);
            }
            loaded.Bytes = file.Length;
        }
        _bytes += loaded.Bytes;
        DeleteWhenDone(loaded);
    }

    private void Index(string deviceId, OutboxFile file, long offset)
    {
        if (!_byDevice.TryGetValue(deviceId, out var queue))
        {
            _byDevice[deviceId] = queue = new Queue<OutboxPlace>();
        }
        queue.Enqueue(new OutboxPlace(file, offset));
        file.Add();
        _count++;
    }

    private void DeleteWhenDone(OutboxFile file)
    {
        if (file.IsDone)
        {
            File.Delete(file.Path);
            Interlocked.Add(ref _bytes, -file.Bytes);
        }
    }

    private void CloseWhenEmpty()
    {
        lock (_writing)
        {
            if (Count == 0)
            {
                CloseFile();
            }
        }
    }

    private void CloseFile()
    {
        if (_pen.Current is { } file)
        {
            lock (_turn)
            {
                _pen.Close();
                DeleteWhenDone(file);
            }
        }
    }

    private async Task WriteAsync()
    {
        List<(OutboxFrame Frame, Action<bool> Synced)> batch = [];
        while (await _writes.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < WrittenAtOnce && _writes.Reader.TryRead(out var write))
            {
                batch.Add(write);
            }
            var frames = batch.ConvertAll(write => write.Frame);
            bool safe;
            lock (_writing)
            {
                safe = TryWrite(frames);
            }
            batch.ForEach(write => write.Synced(safe));
        }
    }

    private bool TryWrite(List<OutboxFrame> frames)
    {
        var bytes = frames.Sum(frame => (long)OutboxRecord.Length(frame));
        try
        {
            var offsets = _pen.Append(frames);
            var file = _pen.Current!;
            lock (_turn)
            {
                file.Bytes += bytes;
                for (var i = 0; i < offsets.Length; i++)
                {
                    Index(frames[i].DeviceId, file, offsets[i]);
                }
            }
            if (_pen.IsFull)
            {
                CloseFile();
            }
            return true;
        }
        catch (Exception full) when (full is IOException or UnauthorizedAccessException)
        {
            _log.LogError(full, "The outbox could not be written; {Frames} frames stay unacknowledged", frames.Count);
            Interlocked.Add(ref _bytes, -bytes);
            return false;
        }
    }
}
