namespace Earmark.Valuation.Growth;

/// <summary>
/// How the animals of one herd grow and are weighed: learned from all of its weighings at once, begun from what cattle generally do. Gains in kg a
/// day, noise as shares of the weight.
/// </summary>
/// <param name="GainSpread">Lasting difference between animals.</param>
/// <param name="Wander">What an animal's own gain comes and goes by, over <see cref="WanderDays"/>.</param>
/// <param name="Shared">What the whole herd's gain comes and goes by: weather, ration, illness, over <see cref="SharedDays"/>.</param>
/// <param name="Noise">Of one chute weighing: the scale and the animal's fill.</param>
/// <param name="DayNoise">Of one weighing day, the same for all weighed then.</param>
/// <param name="Swing">What an animal's condition comes and goes by over <see cref="SwingDays"/>, as a share of its weight: milk, calving, a bad month made good again.</param>
/// <param name="Slowing">By what share of itself the gain falls in a day.</param>
internal readonly record struct HerdTraits(double GainSpread, double Wander, double Shared, double Noise, double DayNoise, double Swing, double Slowing)
{
    public const int Count = 7;
    public const double WanderDays = 90;
    public const double SharedDays = 120;
    public const double SwingDays = 45;

    /// <summary>How unsure the slowing of any one herd is before its weighings are read.</summary>
    private const double SlowingError = 0.003;

    private const double FurthestStep = 4;
    private const double LeastSlowing = -0.002;
    private const double LargestSlowing = 0.02;

    // Standard deviations of the logarithms of the first six: a factor of two either way is ordinary.
    private static readonly double[] Width = [0.8, 0.8, 0.9, 0.6, 1.0, 0.8];

    /// <param name="size">1 for animals of 350 kg; gains go with weight to the power ¾.</param>
    public static HerdTraits Usual(double size, double slowing) => new(0.14 * size, 0.14 * size, 0.17 * size, 0.012, 0.005, 0.008, slowing);

    /// <summary>From a point of the search: standard deviations away from <paramref name="usual"/>.</summary>
    public static HerdTraits At(ReadOnlySpan<double> steps, in HerdTraits usual) => new(
        usual.GainSpread * Times(0, steps),
        usual.Wander * Times(1, steps),
        usual.Shared * Times(2, steps),
        usual.Noise * Times(3, steps),
        usual.DayNoise * Times(4, steps),
        usual.Swing * Times(5, steps),
        Math.Clamp(usual.Slowing + (SlowingError * steps[6]), LeastSlowing, LargestSlowing));

    /// <summary>Days of growth at the first day's gain that the time since is worth: (1 − e^(−λt)) / λ.</summary>
    public double Worth(double days) =>
        Math.Abs(Slowing * days) < 1e-6 ? days : (1 - Math.Exp(-Slowing * days)) / Slowing;

    // A herd weighed without any noise would draw it to nothing, and the sums with it.
    private static double Times(int trait, ReadOnlySpan<double> steps) => Math.Exp(Width[trait] * Math.Clamp(steps[trait], -FurthestStep, FurthestStep));
}
