namespace Earmark.Finance;

public enum PriceState
{
    Missing,
    Fresh,
    OnRamp,
    Expired,
}

/// <summary>
/// The price of a class, or of one grade of it, from <see cref="EffectiveAt"/> on. Held in fen per tonne: exact to 0.00001 yuan per kilogram,
/// and grams × price is a whole number of millionths of a fen.
/// </summary>
public sealed record ClassPrice(string PriceClass, string? Grade, long FenPerTonne, DateTimeOffset EffectiveAt)
{
    /// <summary>A million yuan per kilogram.</summary>
    public const long MaximumFenPerTonne = 100_000_000_000;

    private const int FenPerTonneOfOneYuanPerKilogram = 100_000;

    public decimal YuanPerKilogram => (decimal)FenPerTonne / FenPerTonneOfOneYuanPerKilogram;

    /// <summary>Exact or nothing: false for a negative price, more than five decimals, or a price beyond the limit.</summary>
    public static bool TryCreate(string priceClass, string? grade, decimal yuanPerKilogram, DateTimeOffset effectiveAt, out ClassPrice? price)
    {
        price = null;
        if (yuanPerKilogram is < 0 or > MaximumFenPerTonne / FenPerTonneOfOneYuanPerKilogram)
        {
            return false;
        }

        var fenPerTonne = yuanPerKilogram * FenPerTonneOfOneYuanPerKilogram;
        if (decimal.Truncate(fenPerTonne) != fenPerTonne)
        {
            return false;
        }

        price = new ClassPrice(priceClass, grade, decimal.ToInt64(fenPerTonne), effectiveAt);
        return true;
    }
}

/// <summary>A price as it stands at one moment: what it was set to, and what it still counts after its staleness ramp (rounded down to the fen per tonne).</summary>
public readonly record struct PricePoint(PriceState State, long FenPerTonne, long CountedFenPerTonne);
