namespace Earmark.Valuation.Growth;

/// <summary>
/// One animal's weighings against a herd's traits: the covariance of its own part (an unknown level, a lasting gain, a wandering gain, noise) is
/// factored once; what is asked of it after is solved by substitution. Buffers are used again for the next animal.
/// </summary>
internal sealed class AnimalEvidence(HerdDesign design)
{
    private const double SmallestVariance = 1e-9;

    private readonly OwnCourse _own = new();
    private readonly double[] _factor = new double[WeightSeries.MaximumPoints * WeightSeries.MaximumPoints];
    private readonly double[] _residual = new double[WeightSeries.MaximumPoints];
    private readonly double[] _shared = new double[WeightSeries.MaximumPoints * design.SharedCount];
    private readonly double[] _toDay = new double[WeightSeries.MaximumPoints];
    private readonly double[] _asked = new double[design.SharedCount];
    private readonly double[] _row = new double[design.SharedCount];

    /// <summary>log |V| + r′V⁻¹r without what is shared.</summary>
    public double Surprise { get; private set; }

    public int Count { get; private set; }

    /// <summary>Row by row, L⁻¹B: <see cref="Count"/> rows of <see cref="HerdDesign.SharedCount"/>.</summary>
    public ReadOnlySpan<double> Shared => _shared.AsSpan(0, Count * design.SharedCount);

    /// <summary>L⁻¹r.</summary>
    public ReadOnlySpan<double> Residual => _residual.AsSpan(0, Count);

    public void Read(int animal, in HerdTraits traits)
    {
        var series = design.Series[animal];
        Count = series.Count;
        var origin = design.Origins[animal];
        _own.Read(series, origin, traits, design.TypicalKilograms);
        Factor(series, traits.Noise * traits.Noise);
        var gain = design.BeginningGain(animal);
        var width = design.SharedCount;
        for (var at = 0; at < Count; at++)
        {
            var worth = _own.WorthAt(at);
            _residual[at] = series.Kilograms[at] - (gain * worth);
            design.Fill(_shared.AsSpan(at * width, width), animal, series.Days[at], worth);
        }

        Substitute(_residual, 1);
        Substitute(_shared, width);
        Surprise = 0;
        for (var at = 0; at < Count; at++)
        {
            Surprise += (2 * Math.Log(_factor[(at * Count) + at])) + (_residual[at] * _residual[at]);
        }
    }

    /// <summary>The weight on the design's day, given the shared unknowns; the variance is of the weight itself, without a scale's noise.</summary>
    /// <param name="shared">Means of the shared unknowns.</param>
    /// <param name="spread">Their covariance, row by row.</param>
    public (double Mean, double Variance) Foresee(int animal, in HerdTraits traits, double[] shared, double[] spread)
    {
        double ahead = design.Day - design.Origins[animal];
        var worth = traits.Worth(ahead);
        for (var at = 0; at < Count; at++)
        {
            _toDay[at] = _own.With(at, ahead);
        }

        Substitute(_toDay, 1);
        design.Fill(_asked, animal, design.Day, worth);
        var mean = design.BeginningGain(animal) * worth;
        var variance = _own.At(ahead);
        var width = design.SharedCount;
        for (var at = 0; at < Count; at++)
        {
            mean += _toDay[at] * _residual[at];
            variance -= _toDay[at] * _toDay[at];
            for (var column = 0; column < width; column++)
            {
                _asked[column] -= _toDay[at] * _shared[(at * width) + column];
            }
        }

        for (var row = 0; row < width; row++)
        {
            mean += _asked[row] * shared[row];
            for (var column = 0; column < width; column++)
            {
                variance += _asked[row] * spread[(row * width) + column] * _asked[column];
            }
        }

        return (mean, Math.Max(0, variance));
    }

    /// <summary>How many standard errors each weighing lies from what all the others say of it.</summary>
    public void Oddness(double[] shared, Span<double> odd)
    {
        Span<double> explained = stackalloc double[WeightSeries.MaximumPoints];
        Span<double> inverse = stackalloc double[WeightSeries.MaximumPoints];
        var width = design.SharedCount;
        for (var at = 0; at < Count; at++)
        {
            explained[at] = _residual[at];
            for (var column = 0; column < width; column++)
            {
                explained[at] -= _shared[(at * width) + column] * shared[column];
            }
        }

        for (var at = 0; at < Count; at++)
        {
            inverse[..Count].Clear();
            inverse[at] = 1;
            Substitute(inverse);
            var (sum, square) = (0.0, 0.0);
            for (var row = at; row < Count; row++)
            {
                sum += inverse[row] * explained[row];
                square += inverse[row] * inverse[row];
            }

            odd[at] = sum / Math.Sqrt(square);
        }
    }

    // Cholesky, row by row, in place of the covariances.
    private void Factor(WeightSeries series, double noise)
    {
        for (var row = 0; row < Count; row++)
        {
            var target = _factor.AsSpan(row * Count, row + 1);
            _own.Fill(row, target);
            target[row] += noise * series.Level[row] * series.Level[row] * series.Noise[row];
            for (var column = 0; column <= row; column++)
            {
                var other = _factor.AsSpan(column * Count, column + 1);
                var sum = target[column];
                for (var inner = 0; inner < column; inner++)
                {
                    sum -= target[inner] * other[inner];
                }

                target[column] = row == column ? Math.Sqrt(Math.Max(sum, SmallestVariance)) : sum / other[column];
            }
        }
    }

    private void Substitute(Span<double> right)
    {
        for (var row = 0; row < Count; row++)
        {
            var sum = right[row];
            for (var inner = 0; inner < row; inner++)
            {
                sum -= _factor[(row * Count) + inner] * right[inner];
            }

            right[row] = sum / _factor[(row * Count) + row];
        }
    }

    private void Substitute(double[] right, int width)
    {
        for (var row = 0; row < Count; row++)
        {
            var target = right.AsSpan(row * width, width);
            for (var inner = 0; inner < row; inner++)
            {
                var share = _factor[(row * Count) + inner];
                var known = right.AsSpan(inner * width, width);
                for (var column = 0; column < width; column++)
                {
                    target[column] -= share * known[column];
                }
            }

            var diagonal = _factor[(row * Count) + row];
            for (var column = 0; column < width; column++)
            {
                target[column] /= diagonal;
            }
        }
    }
}
