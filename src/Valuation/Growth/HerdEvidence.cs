using MathNet.Numerics.LinearAlgebra;

namespace Earmark.Valuation.Growth;

/// <summary>All animals' weighings against a herd's traits: how likely they are, and what they say of the unknowns all animals share.</summary>
internal sealed class HerdEvidence(HerdDesign design)
{
    private const double HerdGainError = 0.35;
    private const double GainPerHundredKilogramsError = 0.12;
    private const double GroupGainError = 0.12;
    private readonly AnimalEvidence _animal = new(design);

    /// <summary>Logarithm of the likelihood, up to a constant; the shared unknowns are integrated out.</summary>
    public double LogLikelihood(IReadOnlyList<int> animals, in HerdTraits traits)
    {
        var (information, pull, surprise) = Gather(animals, traits);
        var before = PriorInformation(traits);
        var whole = (before + information).Cholesky();
        var found = whole.Solve(pull);
        return -0.5 * (surprise - pull.DotProduct(found) + whole.DeterminantLn - before.Cholesky().DeterminantLn);
    }

    /// <summary>Means and covariance (row by row) of the shared unknowns.</summary>
    public (double[] Means, double[] Covariance) Shared(IReadOnlyList<int> animals, in HerdTraits traits)
    {
        var (information, pull, _) = Gather(animals, traits);
        var covariance = (PriorInformation(traits) + information).Cholesky().Solve(Matrix<double>.Build.DenseIdentity(design.SharedCount));
        return ((covariance * pull).ToArray(), covariance.ToRowMajorArray());
    }

    private (Matrix<double> Information, Vector<double> Pull, double Surprise) Gather(IReadOnlyList<int> animals, in HerdTraits traits)
    {
        var width = design.SharedCount;
        var information = new double[width * width];
        var pull = new double[width];
        var surprise = 0.0;
        foreach (var animal in animals)
        {
            _animal.Read(animal, traits);
            surprise += _animal.Surprise;
            Add(information, pull);
        }

        for (var row = 0; row < width; row++)
        {
            for (var column = 0; column < row; column++)
            {
                information[(row * width) + column] = information[(column * width) + row];
            }
        }

        return (Matrix<double>.Build.Dense(width, width, information), Vector<double>.Build.Dense(pull), surprise);
    }

    // Upper half only; most entries of a row are zero until the substitution reaches them.
    private void Add(double[] information, double[] pull)
    {
        var width = design.SharedCount;
        for (var at = 0; at < _animal.Count; at++)
        {
            var row = _animal.Shared.Slice(at * width, width);
            var residual = _animal.Residual[at];
            for (var first = 0; first < width; first++)
            {
                var share = row[first];
                if (share == 0)
                {
                    continue;
                }

                pull[first] += share * residual;
                var target = information.AsSpan(first * width, width);
                for (var second = first; second < width; second++)
                {
                    target[second] += share * row[second];
                }
            }
        }
    }

    private Matrix<double> PriorInformation(in HerdTraits traits)
    {
        var covariance = Matrix<double>.Build.Dense(design.SharedCount, design.SharedCount);
        covariance[0, 0] = Square(HerdGainError * design.Size);
        covariance[1, 1] = Square(GainPerHundredKilogramsError);
        for (var group = 0; group < design.GroupCount; group++)
        {
            covariance[2 + group, 2 + group] = Square(GroupGainError * design.Size);
        }

        var first = 2 + design.GroupCount;
        var dayVariance = design.KnotsAreDays ? Square(traits.DayNoise * design.TypicalKilograms) : 0;
        for (var row = 0; row < design.Knots.Length; row++)
        {
            for (var column = 0; column < design.Knots.Length; column++)
            {
                covariance[first + row, first + column] = Square(traits.Shared)
                    * Wandering(design.Knots[row] - design.FirstDay, design.Knots[column] - design.FirstDay, HerdTraits.SharedDays);
            }

            covariance[first + row, first + row] += 1e-3 + (design.Knots[row] == design.Day ? 0 : dayVariance);
        }

        return covariance.Cholesky().Solve(Matrix<double>.Build.DenseIdentity(design.SharedCount));
    }

    // A gain that comes and goes around zero with variance 1 (Ornstein–Uhlenbeck), summed up from the first day on: the covariance of the weight it
    // has made by two days (Taylor, Cumberland and Sy, J. Am. Stat. Assoc. 89, 1994, 727–736).
    private static double Wandering(double from, double to, double memoryDays)
    {
        var (a, b) = (from / memoryDays, to / memoryDays);
        return memoryDays * memoryDays * Math.Max(0, (2 * Math.Min(a, b)) + Math.Exp(-a) + Math.Exp(-b) - 1 - Math.Exp(-Math.Abs(a - b)));
    }

    private static double Square(double value) => value * value;
}
