using Earmark.FirmwareProtocols.Wire;

namespace Earmark.FirmwareProtocols.DigiStar;

/// <summary>Commands end in EOT, answers are one byte, lines of text end in any control character.</summary>
public sealed class DigiStarFinder : FrameFinder
{
    public static DigiStarFinder Instance { get; } = new();

    public override int LongestFrame => DigiStarReader.LongestCommand + 2;

    public override Cut Find(ReadOnlySpan<byte> stream, bool ended)
    {
        switch (stream[0])
        {
            case (byte)'\r' or (byte)'\n': return Cut.Pass(1);
            case DigiStarReader.Ack or DigiStarReader.Nak: return Cut.Frame(1);
            case DigiStarReader.Esc: return Checked(stream, stream.IndexOf(DigiStarReader.Eot) + 1, LongestFrame, ended);
            case DigiStarReader.Stx: return Checked(stream, stream.Length < 14 ? 0 : 14, 14, ended);
            case < (byte)' ' or > (byte)'~': return Cut.Garbage(1);
            default: break;
        }
        int end = stream.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
        if (end < 0 && !ended)
        {
            return stream.Length > DigiStarReader.LongestLine ? Cut.Garbage(stream.Length - DigiStarReader.LongestLine) : Cut.More;
        }
        ReadOnlySpan<byte> line = end < 0 ? stream : stream[..end];
        // Every line has its unit; without it noise is not even looked at.
        bool weighs = line.IndexOf("LB"u8) >= 0 || line.IndexOf("KG"u8) >= 0;
        return weighs && line.Length <= DigiStarReader.LongestLine && DigiStarReader.Read(line, out _) is not null ? Cut.Frame(line.Length) : Cut.Garbage(line.Length);
    }

    private static Cut Checked(ReadOnlySpan<byte> stream, int length, int longest, bool ended) =>
        length > 0 && length <= longest && DigiStarReader.Read(stream[..length], out _) is not null ? Cut.Frame(length)
        : length == 0 && stream.Length < longest && !ended ? Cut.More
        : Cut.Garbage(1);
}
