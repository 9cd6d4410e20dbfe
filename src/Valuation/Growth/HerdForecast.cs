using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace Earmark.Valuation.Growth;

/// <summary>
/// Weights of a herd on a day to come. Every animal's growth is a gain that slows, with a lasting difference of its own and a part that wanders; the
/// herd has a course in common. How large each of these is, is learned from the whole herd (empirical Bayes), so that an animal weighed once still
/// grows as its herd does, and one weighed often as itself. Pure; the same input gives the same numbers.
/// </summary>
public static class HerdForecast
{
    /// <summary>Traits are learned from at most so many animals, evenly chosen.</summary>
    private const int Learners = 120;

    /// <summary>What is shared is estimated from at most so many.</summary>
    private const int Witnesses = 1_500;

    private const int SearchSteps = 500;
    private const double Tolerance = 1e-3;
    private const double Quantile95 = 1.645;

    /// <summary>No herd follows a law: what intervals are wider by than the estimate itself says. Set by herds it was not made for.</summary>
    private const double Doubt = 1.08;

    private const double OddFirst = 5;
    private const double OddThen = 3.5;

    /// <summary>A scale shows the animal with its fill, and so does a buyer's: part of the noise belongs to the weight on a day.</summary>
    private const double NoiseOfTheDay = 0.55;

    /// <summary>One forecast an animal, in order. An animal needs at least one weighing.</summary>
    public static WeightForecast[] At(IReadOnlyList<WeighedAnimal> animals, int day)
    {
        if (animals.Count == 0)
        {
            return [];
        }

        var design = new HerdDesign(animals, day);
        var usual = HerdTraits.Usual(design.Size, design.Slowing);
        var witnesses = Chosen(design, Witnesses);
        Distrust(design, witnesses, usual, OddFirst);
        var steps = Learn(design, usual);
        Distrust(design, witnesses, HerdTraits.At(steps, usual), OddThen);
        return Foresee(design, usual, Learn(design, usual, steps), witnesses);
    }

    private static List<int> Chosen(HerdDesign design, int most)
    {
        var several = Enumerable.Range(0, design.Series.Length).Where(animal => design.Series[animal].Count > 1).ToList();
        var from = several.Count > 0 ? several : [.. Enumerable.Range(0, design.Series.Length)];
        return from.Count <= most ? from : [.. Enumerable.Range(0, most).Select(at => from[(int)((long)at * from.Count / most)])];
    }

    private static double[] Learn(HerdDesign design, HerdTraits usual, double[]? from = null)
    {
        var evidence = new HerdEvidence(design);
        var learners = Chosen(design, Learners);
        var start = from ?? new double[HerdTraits.Count];
        var best = (Cost: double.PositiveInfinity, Steps: start);
        var objective = ObjectiveFunction.Value(steps =>
        {
            var cost = Cost(evidence, learners, steps.AsArray(), usual);
            best = cost < best.Cost ? (cost, steps.ToArray()) : best;
            return cost;
        });
        try
        {
            var step = Vector<double>.Build.Dense(HerdTraits.Count, from is null ? 0.8 : 0.3);
            new NelderMeadSimplex(Tolerance, from is null ? SearchSteps : SearchSteps / 2).FindMinimum(objective, Vector<double>.Build.Dense(start), step);
        }
        catch (MaximumIterationsException)
        {
            // The best point so far is good enough: the traits are a beginning for each animal, not a result.
            return best.Steps;
        }

        return best.Steps;
    }

    private static double Cost(HerdEvidence evidence, List<int> learners, double[] steps, HerdTraits usual) =>
        (0.5 * steps.Sum(step => step * step)) - evidence.LogLikelihood(learners, HerdTraits.At(steps, usual));

    // A weighing far from what all others say gets the noise it shows, so that a slip of the pen does not carry the estimate away.
    private static void Distrust(HerdDesign design, List<int> witnesses, HerdTraits traits, double limit)
    {
        var shared = new HerdEvidence(design).Shared(witnesses, traits).Means;
        var evidence = new AnimalEvidence(design);
        Span<double> odd = stackalloc double[WeightSeries.MaximumPoints];
        for (var animal = 0; animal < design.Series.Length; animal++)
        {
            var series = design.Series[animal];
            if (series.Count < 3)
            {
                continue;
            }

            evidence.Read(animal, traits);
            evidence.Oddness(shared, odd);
            for (var at = 0; at < series.Count; at++)
            {
                series.Noise[at] *= Math.Abs(odd[at]) > limit ? odd[at] * odd[at] : 1;
            }
        }
    }

    private static WeightForecast[] Foresee(HerdDesign design, HerdTraits usual, double[] steps, List<int> witnesses)
    {
        var evidence = new HerdEvidence(design);
        var animal = new AnimalEvidence(design);
        var slowingError = SlowingError(evidence, Chosen(design, Learners), usual, steps);
        var mean = new double[design.Series.Length];
        var square = new double[design.Series.Length];
        // Gauss–Hermite over the slowing, the one trait that a forecast far ahead hangs on.
        foreach (var (node, weight) in new[] { (0.0, 2.0 / 3), (-Math.Sqrt(3), 1.0 / 6), (Math.Sqrt(3), 1.0 / 6) })
        {
            var at = (double[])steps.Clone();
            at[^1] += node * slowingError;
            var traits = HerdTraits.At(at, usual);
            var (shared, spread) = evidence.Shared(witnesses, traits);
            for (var one = 0; one < mean.Length; one++)
            {
                animal.Read(one, traits);
                var (kilograms, variance) = animal.Foresee(one, traits, shared, spread);
                mean[one] += weight * kilograms;
                square[one] += weight * ((kilograms * kilograms) + variance);
            }
        }

        var best = HerdTraits.At(steps, usual);
        var noise = NoiseOfTheDay * ((best.Noise * best.Noise) + (best.DayNoise * best.DayNoise));
        return [.. mean.Select((kilograms, at) => Interval(
            design.Animals[at].Id, kilograms, square[at] - (kilograms * kilograms) + (noise * kilograms * kilograms), design.Series[at]))];
    }

    /// <summary>In steps of the search, from the curvature of the cost around its least.</summary>
    private static double SlowingError(HerdEvidence evidence, List<int> learners, HerdTraits usual, double[] steps)
    {
        const double aside = 0.25;
        double CostAt(double by)
        {
            var at = (double[])steps.Clone();
            at[HerdTraits.Count - 1] += by;
            return Cost(evidence, learners, at, usual);
        }

        var curvature = (CostAt(aside) + CostAt(-aside) - (2 * CostAt(0))) / (aside * aside);
        return curvature > 1 ? 1 / Math.Sqrt(curvature) : 1;
    }

    // On the logarithm, so that no interval reaches below nothing; and no forecast leaves what an animal can be.
    private static WeightForecast Interval(string id, double kilograms, double variance, WeightSeries series)
    {
        var mean = Math.Clamp(kilograms, 0.3 * series.Level.Min(), 2_000);
        var half = Quantile95 * Doubt * Math.Sqrt(Math.Max(variance, 0)) / mean;
        return new WeightForecast(id, mean, mean * Math.Exp(-half), mean * Math.Exp(half));
    }
}
