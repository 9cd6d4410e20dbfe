using Earmark.FirmwareProtocols.Jt808.Messages;
using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>
/// Puts the parts of long messages of one terminal together, in whatever order and however often they come. Parts belong together when id, number of
/// parts and the serial of their first part agree (serials run on by one). Bounded: of a few messages at a time the oldest gives way.
/// </summary>
public sealed class Jt808Assembly
{
    public const int MaxMessages = 4;

    /// <summary>A photograph has some 60 parts; what claims more is not waited for.</summary>
    public const int MaxParts = 256;

    private readonly List<Open> _open = [];

    /// <summary>Messages given up because newer ones needed their place.</summary>
    public int GivenUp { get; private set; }

    /// <summary>Takes a part; gives the whole body, once, when it was the last one missing. False too for a part that is refused for its size.</summary>
    public bool TryComplete(in Jt808Header header, ReadOnlySpan<byte> part, out byte[] body)
    {
        body = [];
        if (!header.IsPart || header.Part == 0 || header.Part > header.Parts || header.Parts > MaxParts)
        {
            return false;
        }
        (ushort Id, ushort Parts, ushort FirstSerial) key = (header.Id, header.Parts, FirstSerial(header));
        Open? open = _open.Find(candidate => candidate.Key == key);
        if (open is null)
        {
            if (_open.Count == MaxMessages)
            {
                _open.RemoveAt(0);
                GivenUp++;
            }
            open = new Open(key);
            _open.Add(open);
        }
        if (!open.Take(header.Part, part))
        {
            return false;
        }
        _open.Remove(open);
        body = open.Whole();
        return true;
    }

    /// <summary>What to ask for with 0x8003, for each message that is not whole.</summary>
    public IEnumerable<Jt808MissingParts> Missing() => _open.Select(open => new Jt808MissingParts(open.Key.FirstSerial, open.MissingParts()));

    /// <summary>The body of a message put together, as it would be read in one frame.</summary>
    public static Jt808Body? Read(in Jt808Header header, ReadOnlySpan<byte> body, ProtocolSettings settings, out Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Jt808Bodies.Read(header, body, settings, out refusal);
    }

    private static ushort FirstSerial(in Jt808Header header) => unchecked((ushort)(header.Serial - header.Part + 1));

    private sealed class Open((ushort Id, ushort Parts, ushort FirstSerial) key)
    {
        private readonly byte[]?[] _parts = new byte[]?[key.Parts];
        private int _missing = key.Parts;

        public (ushort Id, ushort Parts, ushort FirstSerial) Key => key;

        /// <summary>A part that comes again does not replace the first.</summary>
        public bool Take(ushort number, ReadOnlySpan<byte> part)
        {
            if (_parts[number - 1] is not null)
            {
                return false;
            }
            _parts[number - 1] = part.ToArray();
            return --_missing == 0;
        }

        public byte[] Whole() => [.. _parts.SelectMany(part => part ?? [])];

        public ushort[] MissingParts() => [.. Enumerable.Range(1, _parts.Length).Where(number => _parts[number - 1] is null).Select(number => (ushort)number)];
    }
}
