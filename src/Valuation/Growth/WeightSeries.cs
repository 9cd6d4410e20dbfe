namespace Earmark.Valuation.Growth;

/// <summary>An animal's weighings as the herd's estimate reads them: in order, one a day, at most <see cref="MaximumPoints"/>.</summary>
internal sealed class WeightSeries
{
    /// <summary>More are taken together in equal stretches: the work grows with the cube, the knowledge hardly.</summary>
    public const int MaximumPoints = 40;

    private WeightSeries(int[] days, double[] kilograms, double[] noise)
    {
        Days = days;
        Kilograms = kilograms;
        Noise = noise;
        Level = Smoothed(kilograms);
    }

    public int[] Days { get; }

    public double[] Kilograms { get; }

    /// <summary>Variance of each point as a multiple of one chute weighing's.</summary>
    public double[] Noise { get; }

    /// <summary>About what the animal weighed at each point: noise goes with weight, and a misread weight must not set its own noise.</summary>
    public double[] Level { get; }

    public int Count => Days.Length;

    public static WeightSeries Of(IReadOnlyList<Weighing> weighings)
    {
        var days = weighings.GroupBy(weighing => weighing.Day).OrderBy(day => day.Key).Select(day => Merge([.. day])).ToList();
        var stretch = 1;
        while (days.Count > MaximumPoints)
        {
            stretch = Math.Max(stretch + 1, (days[^1].Day - days[0].Day) / MaximumPoints);
            days = Stretched(days, stretch);
        }

        return new WeightSeries([.. days.Select(day => day.Day)], [.. days.Select(day => day.Kilograms)], [.. days.Select(day => day.Noise)]);
    }

    /// <summary>Variance relative to a chute weighing of the same weight.</summary>
    private static double NoiseOf(WeighingKind kind)
    {
        const int hundredKilograms = 100_000;
        var share = (double)kind.StandardErrorGrams(hundredKilograms) / WeighingKind.Chute.StandardErrorGrams(hundredKilograms);
        return share * share;
    }

    private static double WithoutFill(in Weighing weighing) => weighing.Kind.WithoutFill((int)(weighing.Kilograms * 1000)) / 1000.0;

    // Two weighings of one day share the day's gut fill, so their mean is never worth more than twice one of them.
    private static Point Merge(Weighing[] day)
    {
        var distinct = day.Distinct().ToArray();
        var weights = distinct.Select(weighing => 1 / NoiseOf(weighing.Kind)).ToArray();
        var total = weights.Sum();
        var mean = distinct.Select((weighing, at) => WithoutFill(weighing) * weights[at]).Sum() / total;
        return new Point(day[0].Day, mean, Math.Max(1 / total, 0.5 / weights.Max()));
    }

    private static List<Point> Stretched(List<Point> days, int stretch)
    {
        var first = days[0].Day;
        return days.GroupBy(day => (day.Day - first) / stretch)
            .Select(group => new Point(
                (int)Math.Round(group.Average(day => (double)day.Day)),
                group.Average(day => day.Kilograms),
                group.Average(day => day.Noise) / Math.Min(group.Count(), 4)))
            .ToList();
    }

    private static double[] Smoothed(double[] kilograms)
    {
        var level = new double[kilograms.Length];
        for (var at = 0; at < level.Length; at++)
        {
            var window = kilograms[Math.Max(0, at - 2)..Math.Min(level.Length, at + 3)];
            Array.Sort(window);
            level[at] = window[window.Length / 2];
        }

        return level;
    }

    private readonly record struct Point(int Day, double Kilograms, double Noise);
}
