namespace Earmark.Finance;

/// <summary>
/// The interest on one fen over a stretch, exact to 28 digits, with two forms of it in binary that make plans of hundreds of rows cheap:
/// × 2^80 for the interest on a balance, and 1 ÷ (1 + it) × 2^64 for discounting.
/// </summary>
internal readonly struct Factor
{
    public const int FixedBits = 80;

    private const decimal TwoTo40 = 1_099_511_627_776m;
    private const decimal TwoTo64 = 18_446_744_073_709_551_616m;

    // Below this a balance under 2^40 fen times it stays inside 127 bits.
    private const decimal LargestFixed = 32;

    public Factor(decimal value)
    {
        Value = value;
        Fixed = value < LargestFixed ? FixedOf(value) : 0;
        Discount = value > 0 ? decimal.ToUInt64(decimal.Truncate(TwoTo64 / (1 + value))) : 0;
    }

    public decimal Value { get; }

    /// <summary>0 where the value is too large for it, or 0.</summary>
    public Int128 Fixed { get; }

    /// <summary>Only of a value above 0: 1 itself has no such form.</summary>
    public ulong Discount { get; }

    // In two steps, as 2^80 times a value of 28 digits does not fit a decimal.
    private static Int128 FixedOf(decimal value)
    {
        var high = decimal.Truncate(value * TwoTo40);
        var low = decimal.Round(((value * TwoTo40) - high) * TwoTo40);
        return ((Int128)decimal.ToInt64(high) << 40) + decimal.ToInt64(low);
    }
}

/// <summary>The last few factors made: periods of a plan share them.</summary>
internal sealed class Factors
{
    private const int Kept = 8;

    private readonly (decimal Rate, decimal Years, Factor Factor)[] kept = new (decimal, decimal, Factor)[Kept];
    private int count;

    public Factor Of(decimal rate, decimal years)
    {
        for (var i = 0; i < Math.Min(count, Kept); i++)
        {
            if (kept[i].Years == years && kept[i].Rate == rate)
            {
                return kept[i].Factor;
            }
        }

        var factor = new Factor(rate * years);
        kept[count++ % Kept] = (rate, years, factor);
        return factor;
    }
}
