namespace Earmark.FirmwareProtocols.WarehouseScale;

/// <summary>The unit the scale shows.</summary>
public enum WeightUnit : byte
{
    Gram = 1,
    Kilogram = 2,
    Tonne = 3,

    /// <summary>International avoirdupois pound, exactly 453.59237 g.</summary>
    Pound = 4,
}

/// <summary>Symbols (<c>g, kg, t, lb</c>) and exact sizes of the units.</summary>
public static class WeightUnits
{
    public static bool IsKnown(byte unit) => unit is >= (byte)WeightUnit.Gram and <= (byte)WeightUnit.Pound;

    public static string Symbol(WeightUnit unit) => unit switch
    {
        WeightUnit.Gram => "g",
        WeightUnit.Kilogram => "kg",
        WeightUnit.Tonne => "t",
        WeightUnit.Pound => "lb",
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Not a unit."),
    };

    public static bool TryParse(ReadOnlySpan<char> symbol, out WeightUnit unit)
    {
        unit = symbol switch { "g" => WeightUnit.Gram, "kg" => WeightUnit.Kilogram, "t" => WeightUnit.Tonne, "lb" => WeightUnit.Pound, _ => 0 };
        return unit != 0;
    }

    public static decimal Grams(WeightUnit unit) => unit switch
    {
        WeightUnit.Gram => 1m,
        WeightUnit.Kilogram => 1_000m,
        WeightUnit.Tonne => 1_000_000m,
        WeightUnit.Pound => 453.59237m,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Not a unit."),
    };
}
