using System.Runtime.InteropServices;

namespace Earmark.Valuation.Growth;

/// <summary>
/// What all weighings of one animal say of its weight and gain, as of the last of them: 12 bytes in a herd's columns. Whole numbers only, so that a
/// recomputation gives the same bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
public struct AnimalGrowth
{
    /// <summary>0 when never weighed.</summary>
    public int LevelGrams;

    /// <summary>In tens of grams.</summary>
    public ushort LevelErrorDecagrams;

    /// <summary>A day.</summary>
    public short GainGrams;

    public ushort GainErrorGrams;

    /// <summary>Of level and gain, −1,000 to 1,000.</summary>
    public short CorrelationThousandths;

    public readonly bool IsWeighed => LevelGrams > 0;
}
