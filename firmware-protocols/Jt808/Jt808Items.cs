namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>The additional items of a location: id, length, value. Enumerates without allocating; stops where the bytes are no items any more.</summary>
public ref struct Jt808Items(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public byte Id { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>After the last item: what could not be taken apart, empty as a rule.</summary>
    public readonly ReadOnlySpan<byte> Tail => _rest;

    public bool MoveNext()
    {
        if (_rest.Length < 2 || _rest.Length < 2 + _rest[1])
        {
            return false;
        }
        Id = _rest[0];
        Value = _rest.Slice(2, _rest[1]);
        _rest = _rest[(2 + Value.Length)..];
        return true;
    }
}
