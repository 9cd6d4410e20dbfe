namespace Earmark.Valuation.Growth;

/// <summary>
/// The part of an animal's weights that is its own: an unknown level, a lasting gain, a gain that wanders, a condition that swings. Hands out
/// covariances of its weights; exponentials are taken once a point, not once a pair.
/// </summary>
internal sealed class OwnCourse
{
    /// <summary>Nothing is assumed of an animal's level: a variance of (1,000 kg)².</summary>
    private const double LevelVariance = 1e6;

    private readonly double[] _days = new double[WeightSeries.MaximumPoints];
    private readonly double[] _worth = new double[WeightSeries.MaximumPoints];
    private readonly double[] _faded = new double[WeightSeries.MaximumPoints];
    private readonly double[] _wanderStep = new double[WeightSeries.MaximumPoints];
    private readonly double[] _swingStep = new double[WeightSeries.MaximumPoints];
    private HerdTraits _traits;
    private double _swingVariance;

    public void Read(WeightSeries series, int origin, in HerdTraits traits, double typicalKilograms)
    {
        _traits = traits;
        _swingVariance = traits.Swing * typicalKilograms * traits.Swing * typicalKilograms;
        for (var at = 0; at < series.Count; at++)
        {
            _days[at] = series.Days[at] - origin;
            _worth[at] = traits.Worth(_days[at]);
            _faded[at] = Math.Exp(-_days[at] / HerdTraits.WanderDays);
            var since = at == 0 ? 0 : _days[at] - _days[at - 1];
            _wanderStep[at] = Math.Exp(-since / HerdTraits.WanderDays);
            _swingStep[at] = Math.Exp(-since / HerdTraits.SwingDays);
        }
    }

    /// <summary>Days of growth at the first day's gain that point <paramref name="at"/> is worth.</summary>
    public double WorthAt(int at) => _worth[at];

    /// <summary>Covariances of point <paramref name="at"/> with each point up to itself.</summary>
    public void Fill(int at, Span<double> row)
    {
        var (wander, swing) = (1.0, 1.0);
        for (var with = at; with >= 0; with--)
        {
            row[with] = Sum(_worth[at], _worth[with], (2 * _days[with] / HerdTraits.WanderDays) + _faded[at] + _faded[with] - 1 - wander, swing);
            wander *= _wanderStep[with];
            swing *= _swingStep[with];
        }
    }

    /// <summary>Covariance of point <paramref name="at"/> with the weight so many days after the origin.</summary>
    public double With(int at, double days) => Between(_days[at], days, _worth[at], _traits.Worth(days));

    /// <summary>Variance of the weight so many days after the origin.</summary>
    public double At(double days) => Between(days, days, _traits.Worth(days), _traits.Worth(days));

    private double Between(double from, double to, double fromWorth, double toWorth)
    {
        var apart = Math.Abs(from - to);
        var shape = (2 * Math.Min(from, to) / HerdTraits.WanderDays)
            + Math.Exp(-from / HerdTraits.WanderDays) + Math.Exp(-to / HerdTraits.WanderDays) - 1 - Math.Exp(-apart / HerdTraits.WanderDays);
        return Sum(fromWorth, toWorth, shape, Math.Exp(-apart / HerdTraits.SwingDays));
    }

    private double Sum(double fromWorth, double toWorth, double wanderShape, double swingShape) =>
        LevelVariance
        + (_traits.GainSpread * _traits.GainSpread * fromWorth * toWorth)
        + (_traits.Wander * _traits.Wander * HerdTraits.WanderDays * HerdTraits.WanderDays * Math.Max(0, wanderShape))
        + (_swingVariance * swingShape);
}
