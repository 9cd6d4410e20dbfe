namespace Earmark.FirmwareProtocols.Wire;

/// <summary>
/// Finds lines that end in CR, LF or both. A line that is no message as it stands may be one with noise in front, so it is tried again from every
/// place where a message can start. The end of the stream ends a line too.
/// </summary>
/// <param name="longestLine">Bytes without the line end; what is longer is dropped.</param>
/// <param name="isMessage">Whether a whole line is a message.</param>
/// <param name="isAfterNoise">
/// Whether the rest of a line is a message though something else stands in front of it. Stricter where nothing marks the start: what lost its first
/// characters must not pass for another number.
/// </param>
public sealed class LineFinder(int longestLine, LineFinder.Check isMessage, LineFinder.CheckAfterNoise isAfterNoise) : FrameFinder
{
    /// <summary>For messages whose first characters can't be mistaken.</summary>
    public LineFinder(int longestLine, string firstCharacters, Check isMessage)
        : this(longestLine, isMessage, (_, rest) => firstCharacters.Contains((char)rest[0], StringComparison.Ordinal) && isMessage(rest))
    {
    }

    public delegate bool Check(ReadOnlySpan<byte> line);

    public delegate bool CheckAfterNoise(byte noise, ReadOnlySpan<byte> rest);

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
            if (isAfterNoise(line[at - 1], line[at..]))
            {
                return new Cut(at, line.Length - at, line.Length - at);
            }
        }
        return Cut.Garbage(line.Length);
    }
}
