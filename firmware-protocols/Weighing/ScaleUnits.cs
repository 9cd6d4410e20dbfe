using Earmark.FirmwareProtocols.WarehouseScale;

namespace Earmark.FirmwareProtocols.Weighing;

/// <summary>Units scales print, in any case: <c>mg, g, kg, t, oz, lb</c>. What is no unit of weight (pieces, percent) is refused, not guessed.</summary>
public static class ScaleUnits
{
    private static readonly string[] Symbols = ["mg", "g", "kg", "t", "oz", "lb"];

    public static bool TryParse(ReadOnlySpan<byte> text, out string symbol)
    {
        foreach (string candidate in Symbols)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(text, candidate))
            {
                symbol = candidate;
                return true;
            }
        }
        symbol = System.Text.Ascii.EqualsIgnoreCase(text, "lbs") ? "lb" : "";
        return symbol.Length > 0;
    }

    public static string Symbol(WeightUnit unit) => WeightUnits.Symbol(unit);
}
