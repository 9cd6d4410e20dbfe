using System.Diagnostics.CodeAnalysis;

namespace Earmark.Gateway.Directory;

/// <summary>Remembers at most <c>capacity</c> values and forgets the least recently used. Safe for threads.</summary>
internal sealed class BoundedMemory<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _turn = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _byKey = [];
    private readonly LinkedList<(TKey Key, TValue Value)> _byUse = [];

    public int Count
    {
        get
        {
            lock (_turn)
            {
                return _byKey.Count;
            }
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_turn)
        {
            if (!_byKey.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }
            if (node != _byUse.First)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }
            value = node.Value.Value;
            return true;
        }
    }

    public void Put(TKey key, TValue value)
    {
        lock (_turn)
        {
            if (_byKey.Remove(key, out var known))
            {
                _byUse.Remove(known);
            }
            _byKey[key] = _byUse.AddFirst((key, value));
            if (_byKey.Count > capacity)
            {
                _byKey.Remove(_byUse.Last!.Value.Key);
                _byUse.RemoveLast();
            }
        }
    }

    public void Forget(TKey key)
    {
        lock (_turn)
        {
            if (_byKey.Remove(key, out var node))
            {
                _byUse.Remove(node);
            }
        }
    }
}
