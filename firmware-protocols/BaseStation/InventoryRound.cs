using System.Buffers.Binary;
using Earmark.FirmwareProtocols.EarTag;

namespace Earmark.FirmwareProtocols.BaseStation;

/// <summary>
/// One inventory round as it lies in a checked payload: <c>foreach</c> over it reads the observations in place, without allocating.
/// Valid only as long as the payload's bytes are. Made by <see cref="BaseStationCodec.TryRead"/>.
/// </summary>
public readonly ref struct InventoryRound
{
    private readonly ReadOnlySpan<byte> _observations;

    internal InventoryRound(ReadOnlySpan<byte> payload)
    {
        RoundNumber = BinaryPrimitives.ReadUInt32LittleEndian(payload);
        DurationSeconds = BinaryPrimitives.ReadUInt16LittleEndian(payload[4..]);
        _observations = payload[BaseStationCodec.RoundHeaderLength..];
    }

    /// <summary>Counts the station's rounds since its boot; wraps.</summary>
    public uint RoundNumber { get; }

    /// <summary>How long the station listened, ending at the frame's device time.</summary>
    public int DurationSeconds { get; }

    /// <summary>Tags heard, 0–200. A round that heard none still says that the station works.</summary>
    public int Count => _observations.Length / BaseStationCodec.ObservationLength;

    public TagObservation this[int index]
    {
        get
        {
            ReadOnlySpan<byte> bytes = _observations.Slice(index * BaseStationCodec.ObservationLength, BaseStationCodec.ObservationLength);
            TagNumber.TryCreate(BinaryPrimitives.ReadUInt64LittleEndian(bytes), out TagNumber tag);
            return new TagObservation(tag, TagReadingCodec.Read(bytes[8..]));
        }
    }

    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks the observations in the order they were heard.</summary>
    public ref struct Enumerator
    {
        private readonly InventoryRound _round;
        private int _index;

        internal Enumerator(InventoryRound round)
        {
            _round = round;
            _index = -1;
        }

        public readonly TagObservation Current => _round[_index];

        public bool MoveNext() => ++_index < _round.Count;
    }
}
