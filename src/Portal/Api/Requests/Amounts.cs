using Earmark.Finance;

namespace Earmark.Portal.Api.Requests;

/// <summary>Between the interface (yuan, kilograms, fractions) and the house (分, grams, millionths). Nothing is ever rounded on the way in.</summary>
internal static class Amounts
{
    private const decimal GramsPerKilogram = 1_000m;
    private const decimal Millionths = 1_000_000m;

    // 30.00 yuan/kg = 3,000,000 分/t.
    private const decimal FenPerTonneOfYuanPerKilogram = 100_000m;

    public static bool TryGrams(decimal kilograms, out long grams)
    {
        grams = 0;
        if (kilograms is < -1_000_000_000_000m or > 1_000_000_000_000m || decimal.Truncate(kilograms * GramsPerKilogram) != kilograms * GramsPerKilogram)
        {
            return false;
        }

        grams = decimal.ToInt64(kilograms * GramsPerKilogram);
        return true;
    }

    public static bool TryFenPerTonne(decimal yuanPerKilogram, out long fenPerTonne)
    {
        fenPerTonne = 0;
        if (yuanPerKilogram is not (> 0 and <= 10_000_000m))
        {
            return false;
        }

        var fen = yuanPerKilogram * FenPerTonneOfYuanPerKilogram;
        fenPerTonne = decimal.Truncate(fen) == fen ? decimal.ToInt64(fen) : 0;
        return fenPerTonne > 0;
    }

    /// <summary>For a value that was checked.</summary>
    public static long Grams(decimal kilograms) => decimal.ToInt64(kilograms * GramsPerKilogram);

    public static long Fen(decimal yuan) => Money.TryFromYuan(yuan, out var money) ? money.Fen : throw new ArgumentOutOfRangeException(nameof(yuan));

    public static int Ppm(decimal fraction) => decimal.ToInt32(fraction * Millionths);

    public static decimal Yuan(long fen) => new Money(fen).Yuan;

    public static decimal? Yuan(long? fen) => fen is { } some ? Yuan(some) : null;

    public static decimal Kilograms(long grams) => grams / GramsPerKilogram;

    public static decimal Fraction(long ppm) => ppm / Millionths;

    public static decimal? Fraction(long? ppm) => ppm is { } some ? Fraction(some) : null;

    public static decimal YuanPerKilogram(long fenPerTonne) => fenPerTonne / FenPerTonneOfYuanPerKilogram;
}
