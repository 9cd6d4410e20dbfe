using Earmark.Valuation.Growth;

namespace Earmark.Tests.Valuation.Growth;

/// <summary>What anybody would do without a herd: the rules a forecast has to beat.</summary>
public static class SimpleRules
{
    public static double LastWeight(IReadOnlyList<Weighing> weighings) => weighings[^1].Kilograms;

    public static double LineThroughLastFour(IReadOnlyList<Weighing> weighings, int day)
    {
        var last = weighings.Skip(Math.Max(0, weighings.Count - 4)).ToList();
        var (middle, mean) = (last.Average(one => (double)one.Day), last.Average(one => one.Kilograms));
        var spread = last.Sum(one => (one.Day - middle) * (one.Day - middle));
        return spread == 0 ? mean : mean + ((day - middle) * last.Sum(one => (one.Day - middle) * (one.Kilograms - mean)) / spread);
    }

    /// <summary>Gompertz's curve through the animal's own weighings by least squares over a grid of mature weights and rates.</summary>
    public static double OwnCurve(IReadOnlyList<Weighing> weighings, int day)
    {
        if (weighings.Count < 3)
        {
            return LineThroughLastFour(weighings, day);
        }

        var first = weighings[0].Day;
        var heaviest = weighings.Max(one => one.Kilograms);
        var best = (Error: double.PositiveInfinity, Kilograms: LastWeight(weighings));
        for (var mature = heaviest * 1.02; mature < heaviest * 4; mature *= 1.12)
        {
            for (var rate = 0.0008; rate < 0.02; rate *= 1.2)
            {
                var (product, square) = (0.0, 0.0);
                foreach (var one in weighings)
                {
                    var faded = Math.Exp(-rate * (one.Day - first));
                    product += faded * Math.Log(mature / one.Kilograms);
                    square += faded * faded;
                }

                double At(int on) => mature * Math.Exp(-product / square * Math.Exp(-rate * (on - first)));
                var error = weighings.Sum(one => Math.Pow(At(one.Day) - one.Kilograms, 2));
                best = error < best.Error ? (error, At(day)) : best;
            }
        }

        return best.Kilograms;
    }
}
