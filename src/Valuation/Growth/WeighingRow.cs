namespace Earmark.Valuation.Growth;

/// <summary>One line of weighings as it was written, not yet believed.</summary>
/// <param name="Line">Where it stands, from 1 for the first line or row.</param>
/// <param name="Broken">Why it could not even be cut into cells.</param>
public readonly record struct WeighingRow(int Line, string? Animal, string? Day, string? Kilograms, string? Breed, string? Sex, string? Broken = null);

/// <summary>A line that was passed over, and why.</summary>
public readonly record struct LineComplaint(int Line, string Because)
{
    public override string ToString() => $"line {Line}: {Because}";
}
