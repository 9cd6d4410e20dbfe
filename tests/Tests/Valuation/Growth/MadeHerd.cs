using Earmark.Valuation.Growth;

namespace Earmark.Tests.Valuation.Growth;

/// <summary>An animal of a made herd: what was weighed, and what it truly weighs on any day.</summary>
public sealed record MadeAnimal(WeighedAnimal Weighed, Func<int, double> TrueKilograms);

/// <summary>
/// Herds that grow by laws the estimator does not know: none is a slowing gain plus a wandering one. Weighed every so many days with 2 % noise, the last
/// time on the day the forecast is made; a few weighings are missed.
/// </summary>
public static class MadeHerd
{
    public static readonly IReadOnlyDictionary<string, Func<Random, Random, Func<int, double>>> Families = new Dictionary<string, Func<Random, Random, Func<int, double>>>
    {
        ["logistic"] = Logistic, ["richards"] = Richards, ["grazing-seasons"] = Grazing, ["feeding-phases"] = Phases,
        ["random-gains"] = RandomGains, ["bertalanffy-heifers"] = Heifers, ["monomolecular"] = Monomolecular,
    };

    /// <param name="span">Days from the first weighing to the last.</param>
    /// <param name="every">Days between weighings, give or take a fifth.</param>
    public static List<MadeAnimal> Of(string family, int seed, int animals, int span, int every)
    {
        var draws = new Random(seed);
        var days = new List<int>();
        for (var day = 0; day < span; day += every + draws.Next(-every / 5, (every / 5) + 1))
        {
            days.Add(day);
        }

        days.Add(span);
        return [.. Enumerable.Range(0, animals).Select(number =>
        {
            var truth = Families[family](new Random(seed + 1_000_003), draws);
            var weighed = days.Where(day => day == span || draws.NextDouble() > 0.08)
                .Select(day => new Weighing(day, truth(day) * (1 + (0.02 * Normal(draws))))).ToList();
            return new MadeAnimal(new WeighedAnimal($"a{number}", weighed), truth);
        })];
    }

    public static double Normal(Random draws) => Math.Sqrt(-2 * Math.Log(1 - draws.NextDouble())) * Math.Cos(2 * Math.PI * draws.NextDouble());

    private static Func<int, double> Logistic(Random herd, Random own)
    {
        var (mature, rate, middle) = (620 * Spread(own, 0.07), 0.0075 * Spread(own, 0.1), 280 + (40 * Normal(own)));
        var age = 180 + (150 * own.NextDouble());
        return day => mature / (1 + Math.Exp(-rate * (day + age - middle)));
    }

    private static Func<int, double> Richards(Random herd, Random own)
    {
        var (mature, rate, age) = (650 * Spread(own, 0.08), 0.0045 * Spread(own, 0.12), 200 + (200 * own.NextDouble()));
        return day => mature * Math.Pow(1 - (0.9 * Math.Exp(-rate * (day + age))), 2);
    }

    private static Func<int, double> Grazing(Random herd, Random own)
    {
        var season = herd.NextDouble() * 365;
        var (start, gain, swing) = (230 + (35 * Normal(own)), 0.6 + (0.1 * Normal(own)), 0.35 + (0.08 * Normal(own)));
        double Wave(double day) => Math.Sin(2 * Math.PI * (day + season) / 365) * 365 / (2 * Math.PI);
        return day => start + (gain * day) + (swing * (Wave(day) - Wave(0)));
    }

    private static Func<int, double> Phases(Random herd, Random own)
    {
        var (first, second) = (40 + herd.Next(80), 60 + herd.Next(90));
        var (early, middle, late) = (0.6 + (0.5 * herd.NextDouble()), 1.1 + (0.4 * herd.NextDouble()), 0.8 + (0.4 * herd.NextDouble()));
        var (share, start) = (Spread(own, 0.12), 280 + (30 * Normal(own)));
        return day => start + (share * ((early * Math.Min(day, first)) + (middle * Math.Clamp(day - first, 0, second)) + (late * Math.Max(0, day - first - second))));
    }

    private static Func<int, double> RandomGains(Random herd, Random own)
    {
        var (weight, gain) = (260 + (30 * Normal(own)), 1 + (0.15 * Normal(own)));
        var course = new double[800];
        for (var day = 0; day < course.Length; day++)
        {
            course[day] = weight;
            gain = Math.Clamp(gain + (0.02 * Normal(own)) - 0.0015, -0.3, 1.8);
            weight += gain;
        }

        return day => course[Math.Min(day, course.Length - 1)];
    }

    private static Func<int, double> Heifers(Random herd, Random own)
    {
        var (mature, rate, age) = (640 * Spread(own, 0.06), 0.0026 * Spread(own, 0.08), 60 + (60 * own.NextDouble()));
        return day => mature * Math.Pow(1 - (0.45 * Math.Exp(-rate * (day + age))), 3);
    }

    private static Func<int, double> Monomolecular(Random herd, Random own)
    {
        var (mature, rate, age) = (720 * Spread(own, 0.07), Spread(own, 0.1) / 420, 150 + (350 * own.NextDouble()));
        return day => mature - ((mature - 200) * Math.Exp(-rate * (day + age - 190)));
    }

    private static double Spread(Random own, double share) => Math.Exp(share * Normal(own));
}
