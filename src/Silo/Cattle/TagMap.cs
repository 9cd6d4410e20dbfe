using System.Runtime.InteropServices;

namespace Earmark.Silo.Cattle;

/// <summary>
/// From a tag's number to its animal's slot: open addressing with linear probing, 12 bytes an entry side by side, at most four fifths full.
/// A number's place is its spread hash scaled to the size, so that the size need not be a power of two and little stays unused.
/// </summary>
internal sealed class TagMap
{
    private const ulong Spread = 0x9E3779B97F4A7C15;
    private const int Least = 16;

    private Entry[] _entries = new Entry[Least];

    public int Count { get; private set; }

    public bool TryFind(ulong tag, out int slot)
    {
        var entries = _entries;
        for (var at = Home(tag, entries.Length);; at = at + 1 == entries.Length ? 0 : at + 1)
        {
            ref readonly var entry = ref entries[at];
            if (entry.Tag == tag)
            {
                slot = entry.Slot;
                return true;
            }

            if (entry.Tag == 0)
            {
                slot = -1;
                return false;
            }
        }
    }

    /// <summary>Binds a tag that is not bound.</summary>
    public void Add(ulong tag, int slot)
    {
        Reserve(1);
        Put(new Entry { Tag = tag, Slot = slot });
        Count++;
    }

    public void Remove(ulong tag)
    {
        var at = Home(tag, _entries.Length);
        while (_entries[at].Tag != tag)
        {
            if (_entries[at].Tag == 0)
            {
                return;
            }

            at = Next(at);
        }

        Count--;
        CloseGap(at);
    }

    /// <summary>Makes room for so many more at once.</summary>
    public void Reserve(int more)
    {
        if ((Count + more) * 5L <= _entries.Length * 4L)
        {
            return;
        }

        var before = _entries;
        _entries = new Entry[Math.Max(Least, (int)Math.Max((Count + more) * 5L / 4 + 1, _entries.Length * 9L / 8))];
        foreach (var entry in before)
        {
            if (entry.Tag != 0)
            {
                Put(entry);
            }
        }
    }

    private static int Home(ulong tag, int size) => (int)Math.BigMul(tag * Spread, (ulong)size, out _);

    private int Next(int at) => at + 1 == _entries.Length ? 0 : at + 1;

    private void Put(in Entry entry)
    {
        var at = Home(entry.Tag, _entries.Length);
        while (_entries[at].Tag != 0)
        {
            at = Next(at);
        }

        _entries[at] = entry;
    }

    // Moves back what had to step past the removed one, so that no search ends early (Knuth, 6.4, algorithm R).
    private void CloseGap(int gap)
    {
        var size = _entries.Length;
        for (var at = Next(gap); _entries[at].Tag != 0; at = Next(at))
        {
            var home = Home(_entries[at].Tag, size);
            if (Distance(home, at, size) >= Distance(gap, at, size))
            {
                _entries[gap] = _entries[at];
                gap = at;
            }
        }

        _entries[gap] = default;
    }

    private static int Distance(int from, int to, int size) => to >= from ? to - from : to - from + size;

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Entry
    {
        public ulong Tag;
        public int Slot;
    }
}
