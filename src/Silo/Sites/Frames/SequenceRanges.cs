namespace Earmark.Silo.Sites.Frames;

/// <summary>
/// Which sequences of one boot were received, as at most <see cref="Maximum"/> ranges. Past that the oldest gap is closed:
/// a frame that would still have come into it is then taken for a repetition, so nothing is ever applied twice.
/// </summary>
internal sealed class SequenceRanges(uint boot)
{
    public const int Maximum = 64;

    private Range[] _ranges = new Range[2];

    public uint Boot { get; } = boot;

    public int Count { get; private set; }

    public Range this[int index] => _ranges[index];

    public bool Contains(uint sequence)
    {
        var at = Before(sequence);
        return at >= 0 && sequence <= _ranges[at].To;
    }

    public void Add(uint sequence)
    {
        var at = Before(sequence);
        if (at >= 0 && sequence <= _ranges[at].To)
        {
            return;
        }

        var joinsBefore = at >= 0 && _ranges[at].To + 1 == sequence;
        var joinsAfter = at + 1 < Count && _ranges[at + 1].From == sequence + 1;
        if (joinsBefore && joinsAfter)
        {
            _ranges[at] = _ranges[at] with { To = _ranges[at + 1].To };
            Remove(at + 1);
        }
        else if (joinsBefore)
        {
            _ranges[at] = _ranges[at] with { To = sequence };
        }
        else if (joinsAfter)
        {
            _ranges[at + 1] = _ranges[at + 1] with { From = sequence };
        }
        else
        {
            Insert(at + 1, new Range(sequence, sequence));
        }
    }

    /// <summary>Appends a range as a snapshot kept it, in order.</summary>
    public void Restore(Range range) => Insert(Count, range);

    // The last range that starts at or before the sequence; −1 when there is none. New frames are nearly always in the last.
    private int Before(uint sequence)
    {
        var at = Count - 1;
        while (at >= 0 && _ranges[at].From > sequence)
        {
            at--;
        }

        return at;
    }

    private void Insert(int at, Range range)
    {
        if (Count == _ranges.Length)
        {
            Array.Resize(ref _ranges, Count * 2);
        }

        Array.Copy(_ranges, at, _ranges, at + 1, Count - at);
        _ranges[at] = range;
        Count++;
        if (Count > Maximum)
        {
            _ranges[0] = _ranges[0] with { To = _ranges[1].To };
            Remove(1);
        }
    }

    private void Remove(int at)
    {
        Count--;
        Array.Copy(_ranges, at + 1, _ranges, at, Count - at);
    }

    /// <summary>Both ends included.</summary>
    public readonly record struct Range(uint From, uint To);
}
