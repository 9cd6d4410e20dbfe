namespace Earmark.Gateway.Outbox;

/// <summary>One file of the outbox; removed when all its frames are done and no more are written to it.</summary>
internal sealed class OutboxFile(string path)
{
    private int _left;

    public string Path => path;

    public long Bytes { get; set; }

    /// <summary>Frames are still appended to it.</summary>
    public bool IsOpen { get; set; }

    public bool IsDone => !IsOpen && _left == 0;

    public void Add() => _left++;

    public void Remove() => _left--;

    /// <summary>Null where the frame cannot be read back whole.</summary>
    public OutboxFrame? Read(long offset)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Position = offset;
        return OutboxRecord.Read(file);
    }
}

/// <summary>Where one frame lies.</summary>
internal readonly record struct OutboxPlace(OutboxFile File, long Offset);
