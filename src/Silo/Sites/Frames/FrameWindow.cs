using Earmark.FirmwareProtocols.Envelope;

namespace Earmark.Silo.Sites.Frames;

internal enum FrameVerdict : byte
{
    New = 0,

    /// <summary>The same identity, and the same bytes as far as they are remembered.</summary>
    Duplicate = 1,
    IdentityReused = 2,
    BootOutsideWindow = 3,
}

/// <summary>
/// What is remembered of one device's frames to tell new from repeated, part of state and snapshot. A boot counter is inside
/// the window while it is one of the last <see cref="Boots"/> numbers up to the newest heard; what lies before is refused, since
/// it might be a replay of what was forgotten.
/// </summary>
internal sealed class FrameWindow(int ringCapacity)
{
    public const int Boots = 8;

    /// <summary>Frames remembered with their bytes' hash: of a station, and of an ear tag that speaks for itself.</summary>
    public const int StationRing = 128;
    public const int EarTagRing = 16;

    private readonly List<SequenceRanges> _boots = [];

    public FrameRing Ring { get; } = new(ringCapacity);

    /// <summary>Boots heard, ascending; at most <see cref="Boots"/>.</summary>
    public IReadOnlyList<SequenceRanges> Received => _boots;

    public uint NewestBoot => _boots.Count == 0 ? 0 : _boots[^1].Boot;

    /// <summary>Highest sequence of the newest boot.</summary>
    public uint NewestSequence => _boots.Count == 0 ? 0 : _boots[^1][_boots[^1].Count - 1].To;

    public FrameVerdict Judge(FrameIdentity identity, ulong hash)
    {
        if ((ulong)identity.Boot + Boots <= NewestBoot)
        {
            return FrameVerdict.BootOutsideWindow;
        }

        if (Find(identity.Boot) is not { } boot || !boot.Contains(identity.Sequence))
        {
            return FrameVerdict.New;
        }

        return Ring.TryFind(identity, out var known) && known != hash ? FrameVerdict.IdentityReused : FrameVerdict.Duplicate;
    }

    /// <summary>Remembers a frame that was judged new.</summary>
    public void Take(FrameIdentity identity, ulong hash, long position)
    {
        var boot = Find(identity.Boot) ?? Restore(identity.Boot);
        boot.Add(identity.Sequence);
        Ring.Add(new FrameRing.Entry(identity.Ordinal, hash, position));
        while ((ulong)_boots[0].Boot + Boots <= NewestBoot)
        {
            _boots.RemoveAt(0);
        }
    }

    /// <summary>Makes room for a boot, in order.</summary>
    public SequenceRanges Restore(uint number)
    {
        var at = _boots.Count;
        while (at > 0 && _boots[at - 1].Boot > number)
        {
            at--;
        }

        var boot = new SequenceRanges(number);
        _boots.Insert(at, boot);
        return boot;
    }

    private SequenceRanges? Find(uint number)
    {
        for (var at = _boots.Count - 1; at >= 0; at--)
        {
            if (_boots[at].Boot == number)
            {
                return _boots[at];
            }
        }

        return null;
    }
}
