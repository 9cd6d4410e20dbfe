namespace Earmark.Valuation.Growth;

/// <summary>
/// What a class of cattle gains at a weight: Gompertz's law, dw/dt = k · w · ln(A / w), which needs no age. It is where an estimate begins, never where
/// it ends: young animals say nothing of their mature weight, so only the gain near the present weight is taken from it, and with a wide error.
/// </summary>
/// <param name="MatureKilograms">A.</param>
/// <param name="RatePerDay">k.</param>
public readonly record struct GrowthCurve(double MatureKilograms, double RatePerDay)
{
    private const double LargestHaste = 0.002;
    private const double LargestSlowing = 0.006;

    /// <summary>Cattle of which nothing is known.</summary>
    public static readonly GrowthCurve Cattle = new(720, 0.0038);

    /// <summary>
    /// Mature weights are middles of the breeds' published ranges (FAO, Domestic Animal Diversity Information System); males a quarter above females,
    /// castrated males between. The rates give 0.8 to 1.1 kg a day at half the mature weight, ordinary keeping. Chosen, and meant to be overruled by weighings.
    /// </summary>
    public static GrowthCurve Of(string? breed, string? sex)
    {
        var female = FemaleMatureKilograms(breed);
        var share = ShareOfFemale(sex);
        return female is null && share is null
            ? Cattle
            : new GrowthCurve((female ?? 600) * (share ?? 1.15), share is 1.0 ? 0.0036 : Cattle.RatePerDay);
    }

    /// <summary>kg a day at a weight; nothing above the mature one.</summary>
    public double GainAt(double kilograms) =>
        kilograms <= 0 || kilograms >= MatureKilograms ? 0 : RatePerDay * kilograms * Math.Log(MatureKilograms / kilograms);

    /// <summary>By what share of itself the gain falls in a day at a weight, −d(gain)/dw; below zero while growth still gathers speed.</summary>
    public double SlowingAt(double kilograms) =>
        Math.Clamp(RatePerDay * (1 - Math.Log(MatureKilograms / Math.Max(1, kilograms))), -LargestHaste, LargestSlowing);

    private static double? ShareOfFemale(string? sex) => sex?.Trim().ToUpperInvariant() switch
    {
        "F" or "FEMALE" or "HEIFER" or "COW" or "母" => 1.0,
        "M" or "MALE" or "BULL" or "公" => 1.35,
        "STEER" or "CASTRATE" or "C" or "阉" => 1.2,
        _ => null,
    };

    private static double? FemaleMatureKilograms(string? breed) => breed?.Trim().ToUpperInvariant() switch
    {
        null or "" => null,
        var name when name.Contains("SIMMENTAL", StringComparison.Ordinal) || name.Contains("西门塔尔", StringComparison.Ordinal) => 680,
        var name when name.Contains("CHAROLAIS", StringComparison.Ordinal) || name.Contains("夏洛莱", StringComparison.Ordinal) => 720,
        var name when name.Contains("LIMOUSIN", StringComparison.Ordinal) || name.Contains("利木赞", StringComparison.Ordinal) => 650,
        var name when name.Contains("HOLSTEIN", StringComparison.Ordinal) || name.Contains("荷斯坦", StringComparison.Ordinal) => 660,
        var name when name.Contains("ANGUS", StringComparison.Ordinal) || name.Contains("安格斯", StringComparison.Ordinal) => 590,
        var name when name.Contains("HEREFORD", StringComparison.Ordinal) || name.Contains("海福特", StringComparison.Ordinal) => 600,
        var name when name.Contains("WAGYU", StringComparison.Ordinal) || name.Contains("和牛", StringComparison.Ordinal) => 520,
        var name when name.Contains("JERSEY", StringComparison.Ordinal) || name.Contains("娟姗", StringComparison.Ordinal) => 430,
        var name when name.Contains("YELLOW", StringComparison.Ordinal) || name.Contains("黄牛", StringComparison.Ordinal) => 420,
        var name when name.Contains("NELORE", StringComparison.Ordinal) || name.Contains("BRAHMAN", StringComparison.Ordinal) => 520,
        var name when name.Contains("YAK", StringComparison.Ordinal) || name.Contains("牦牛", StringComparison.Ordinal) => 300,
        _ => null,
    };
}
