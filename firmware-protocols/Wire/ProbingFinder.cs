namespace Earmark.FirmwareProtocols.Wire;

/// <summary>Finds frames that prove themselves by start, length and checksum: what starts like a frame and is none costs one byte, not the next frame.</summary>
/// <param name="longestFrame">In bytes.</param>
/// <param name="starts">The first byte of a frame.</param>
/// <param name="probe">Asked where a frame could start.</param>
public sealed class ProbingFinder(int longestFrame, Func<byte, bool> starts, ProbingFinder.Probe probe) : FrameFinder
{
    /// <summary>Answer of a probe: no frame starts here.</summary>
    public const int None = -1;

    /// <summary>Answer of a probe: a frame may start here, more bytes will tell.</summary>
    public const int Unknown = 0;

    /// <summary>Length of the good frame at the front, <see cref="None"/> or <see cref="Unknown"/>.</summary>
    public delegate int Probe(ReadOnlySpan<byte> stream, bool ended);

    public override int LongestFrame => longestFrame;

    public override Cut Find(ReadOnlySpan<byte> stream, bool ended)
    {
        for (int at = 0; at < stream.Length; at++)
        {
            int length = starts(stream[at]) ? probe(stream[at..], ended) : None;
            if (length > 0)
            {
                return new Cut(at, length, length);
            }
            if (length == Unknown && !ended)
            {
                return at == 0 ? Cut.More : Cut.Garbage(at);
            }
        }
        return Cut.Garbage(stream.Length);
    }
}
