using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.Silo.Sites.Frames;

/// <summary>The last frames of one device: identity, hash of the bytes, journal position. Grows up to its capacity, then the oldest goes.</summary>
internal sealed class FrameRing(int capacity)
{
    private Entry[] _entries = [];
    private int _next;

    public int Count { get; private set; }

    /// <summary>Oldest first.</summary>
    public Entry this[int index] => _entries[(_next - Count + index + _entries.Length) % _entries.Length];

    public bool TryFind(FrameIdentity identity, out ulong hash)
    {
        for (var index = Count - 1; index >= 0; index--)
        {
            var entry = this[index];
            if (entry.Ordinal == identity.Ordinal)
            {
                hash = entry.Hash;
                return true;
            }
        }

        hash = 0;
        return false;
    }

    public void Add(Entry entry)
    {
        if (Count == _entries.Length && Count < capacity)
        {
            var grown = new Entry[Math.Min(capacity, Math.Max(4, Count * 2))];
            for (var index = 0; index < Count; index++)
            {
                grown[index] = this[index];
            }

            _next = Count;
            _entries = grown;
        }

        _entries[_next] = entry;
        _next = (_next + 1) % _entries.Length;
        Count = Math.Min(Count + 1, _entries.Length);
    }

    /// <param name="Ordinal">Boot in the high half, sequence in the low one.</param>
    public readonly record struct Entry(ulong Ordinal, ulong Hash, long Position);
}
