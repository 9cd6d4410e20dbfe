using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.Jt808;

/// <summary>
/// Frames between delimiters. The closing delimiter stays in the stream, for some terminals let it open the next frame as well: after noise that ends in a
/// delimiter the next frame is found, at the price of a piece of noise between two delimiters being handed out as a frame (its checksum refuses it).
/// </summary>
public sealed class Jt808Finder : FrameFinder
{
    public static Jt808Finder Instance { get; } = new();

    public override int LongestFrame => Jt808Frame.MaxLength;

    public override Cut Find(ReadOnlySpan<byte> stream, bool ended)
    {
        int start = stream.IndexOf(Jt808Frame.Delimiter);
        if (start != 0)
        {
            return Cut.Garbage(start < 0 ? stream.Length : start);
        }
        int inside = stream[1..].IndexOf(Jt808Frame.Delimiter);
        return inside switch
        {
            < 0 when stream.Length == 1 => ended ? Cut.Pass(1) : Cut.More,
            < 0 => stream.Length > LongestFrame || ended ? Cut.Garbage(stream.Length) : Cut.More,
            0 => Cut.Pass(1),
            _ when inside + 2 > LongestFrame => Cut.Garbage(inside + 1),
            _ => new Cut(0, inside + 2, inside + 1),
        };
    }
}
