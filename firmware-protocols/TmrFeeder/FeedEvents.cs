namespace Earmark.FirmwareProtocols.TmrFeeder;

/// <summary>
/// The events as they lie in a checked payload: <c>foreach</c> reads them in place, without allocating.
/// Valid only as long as the payload's bytes are. Made by <see cref="TmrFeederCodec.TryRead"/>.
/// </summary>
public readonly ref struct FeedEvents
{
    private readonly ReadOnlySpan<byte> _events;

    internal FeedEvents(ReadOnlySpan<byte> events) => _events = events;

    /// <summary>1–32 in a read payload.</summary>
    public int Count => _events.Length / FeedEventCodec.Length;

    public FeedEvent this[int index] => FeedEventCodec.Read(_events.Slice(index * FeedEventCodec.Length, FeedEventCodec.Length));

    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks the events in the order they were sent.</summary>
    public ref struct Enumerator
    {
        private readonly FeedEvents _events;
        private int _index;

        internal Enumerator(FeedEvents events)
        {
            _events = events;
            _index = -1;
        }

        public readonly FeedEvent Current => _events[_index];

        public bool MoveNext() => ++_index < _events.Count;
    }
}
