namespace Earmark.FirmwareProtocols.Wire;

/// <summary>
/// Finds lines that end in CR, LF or both. A line that is no message as it stands may be one with noise in front, so it is tried again from every
/// place where a message can start. The end of the stream ends a line too.
/// </summary>
/// <param name="longestLine">Bytes without the line end; what is longer is dropped.</param>
/// <param name="canStart">The first byte of a message, asked only inside a line whose beginning was no message.</param>
/// <param name="isMessage">Whether these bytes are a message, refusals with a reason of their own included.</param>
public sealed class LineFinder(int longestLine, Func<byte, bool> canStart, LineFinder.Check isMessage) : FrameFinder
{
    public delegate bool Check(ReadOnlySpan<byte> line);

    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    public override int LongestFrame { get; } = longestLine + 2;

    public override Cut Find(ReadOnlySpan<byte> stream, bool ended)
    {
        if (stream[0] is Cr or Lf)
        {
            return Cut.Pass(1);
        }
        int end = stream.IndexOfAny(Cr, Lf);
        if (end < 0 && !ended)
        {
            return stream.Length > longestLine ? Cut.Garbage(stream.Length - longestLine) : Cut.More;
        }
        ReadOnlySpan<byte> line = end < 0 ? stream : stream[..end];
        int from = Math.Max(0, line.Length - longestLine);
        if (from == 0 && isMessage(line))
        {
            return Cut.Frame(line.Length);
        }
        for (int at = Math.Max(1, from); at < line.Length; at++)
        {
            if (canStart(line[at]) && isMessage(line[at..]))
            {
                return new Cut(at, line.Length - at, line.Length - at);
            }
        }
        return Cut.Garbage(line.Length);
    }
}
