namespace Earmark.Valuation.Growth;

/// <summary>What one forecast takes. Beyond a limit a line, or the whole, is refused with the reason.</summary>
public static class ForecastLimits
{
    public const int Lines = 1_000_000;
    public const int Animals = 100_000;
    public const int NameCharacters = 80;

    /// <summary>No bovine weighed more; the heaviest on record had 2.1 t.</summary>
    public const double Kilograms = 2_500;

    /// <summary>From any weighing to the day that is asked for.</summary>
    public const int Days = 36_525;
}
