namespace Earmark.DeviceSim.Scripts;

/// <summary>Turns byte offsets of a text into line numbers, from 1.</summary>
internal sealed class LineNumbers
{
    private readonly List<long> _ends = [];

    public LineNumbers(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'\n')
            {
                _ends.Add(i);
            }
        }
    }

    public int At(long offset)
    {
        int found = _ends.BinarySearch(offset);
        return 1 + (found >= 0 ? found : ~found);
    }
}
