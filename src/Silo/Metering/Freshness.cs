using System.Collections.Concurrent;

namespace Earmark.Silo.Metering;

/// <summary>Up to when one active grain is current; domain time. Written by its grain, read by whoever looks.</summary>
internal sealed class FreshMark
{
    private long _milliseconds = long.MinValue;

    /// <summary>Null while it was never current: still catching up.</summary>
    public DateTimeOffset? At
    {
        get => Volatile.Read(ref _milliseconds) is var at and not long.MinValue ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
        set => Volatile.Write(ref _milliseconds, value?.ToUnixTimeMilliseconds() ?? long.MinValue);
    }
}

/// <summary>The marks of all active grains of a kind in this process, so that one figure can say how far the last of them is behind.</summary>
internal sealed class Freshness
{
    private readonly ConcurrentDictionary<FreshMark, bool> _marks = new();

    public int Count => _marks.Count;

    public int CatchingUp => _marks.Keys.Count(mark => mark.At is null);

    public FreshMark Add()
    {
        var mark = new FreshMark();
        _marks.TryAdd(mark, true);
        return mark;
    }

    public void Remove(FreshMark mark) => _marks.TryRemove(mark, out _);

    /// <summary>How far the one furthest behind is behind; 0 without any.</summary>
    public TimeSpan Behind(DateTimeOffset now)
    {
        var oldest = _marks.Keys.Select(mark => mark.At).Min();
        return oldest < now ? now - oldest.Value : TimeSpan.Zero;
    }
}
