namespace Earmark.FirmwareProtocols.WarehouseScale;

/// <summary>
/// What a scale showed: weights are mantissa × 10^exponent of the unit, exactly as displayed.
/// With over- or underload there is no weight: gross and net are 0 in the frame and null here.
/// </summary>
/// <param name="Gross">Mantissa; may be negative (a drifted zero).</param>
/// <param name="Tare">Mantissa, not negative.</param>
/// <param name="Net">Mantissa; always gross − tare where there is a weight.</param>
/// <param name="Exponent">−6…3.</param>
/// <param name="Unit">Of all three.</param>
/// <param name="Flags">See <see cref="ScaleFlags"/>.</param>
/// <param name="Purpose">Why it was weighed.</param>
/// <param name="Reference">Scanned lot or ticket.</param>
public readonly record struct ScaleReading(
    int Gross, int Tare, int Net, sbyte Exponent, WeightUnit Unit, ScaleFlags Flags, ScalePurpose Purpose, ScaleReference Reference)
{
    public bool IsStable => (Flags & ScaleFlags.Stable) != 0;

    /// <summary>False with over- or underload.</summary>
    public bool HasWeight => (Flags & (ScaleFlags.Overload | ScaleFlags.Underload)) == 0;

    /// <summary>Exact; null with over- or underload.</summary>
    public decimal? GrossGrams => HasWeight ? Grams(Gross) : null;

    /// <summary>Exact; null with over- or underload.</summary>
    public decimal? NetGrams => HasWeight ? Grams(Net) : null;

    /// <summary>Exact.</summary>
    public decimal TareGrams => Grams(Tare);

    /// <summary>Net in whole grams, half away from zero (only grams with decimals and pounds ever round); null with over- or underload.</summary>
    public long? NetWholeGrams => NetGrams is { } grams ? (long)decimal.Round(grams, 0, MidpointRounding.AwayFromZero) : null;

    /// <summary>A mantissa in the reading's unit, with the decimals of the display.</summary>
    public decimal Displayed(int mantissa) => mantissa * Power(Exponent);

    private decimal Grams(int mantissa) => Displayed(mantissa) * WeightUnits.Grams(Unit);

    // As decimals with their scale, so that 1234500 × 10^-3 prints as 1234.500.
    private static decimal Power(sbyte exponent) => exponent switch
    {
        > 0 => exponent switch { 1 => 10m, 2 => 100m, 3 => 1_000m, _ => throw new ArgumentOutOfRangeException(nameof(exponent)) },
        _ => new decimal(1, 0, 0, false, (byte)-exponent),
    };
}
