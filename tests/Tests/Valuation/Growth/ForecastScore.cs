using Earmark.Valuation.Growth;

namespace Earmark.Tests.Valuation.Growth;

/// <summary>Mean absolute errors as shares of the true weight, and how often the 90 % interval held it.</summary>
public sealed class ForecastScore
{
    private double _forecast;
    private double _last;
    private double _line;
    private double _curve;
    private int _held;
    private int _heldWeighing;

    public int Count { get; private set; }

    public double Error => _forecast / Count;

    public double BestSimpleRule => Math.Min(_last, Math.Min(_line, _curve)) / Count;

    public double Coverage => (double)_held / Count;

    /// <summary>Of a weighing with 2 % noise on that day.</summary>
    public double CoverageOfWeighing => (double)_heldWeighing / Count;

    public override string ToString() =>
        $"n {Count}: error {Error:P2}, last {_last / Count:P2}, line {_line / Count:P2}, curve {_curve / Count:P2}, held {Coverage:P1}, held weighing {CoverageOfWeighing:P1}";

    public void Add(IReadOnlyList<MadeAnimal> herd, int day)
    {
        var forecasts = HerdForecast.At([.. herd.Select(animal => animal.Weighed)], day);
        var draws = new Random(day);
        for (var at = 0; at < forecasts.Length; at++)
        {
            var (truth, weighings, forecast) = (herd[at].TrueKilograms(day), herd[at].Weighed.Weighings, forecasts[at]);
            Count++;
            _forecast += Math.Abs(forecast.MeanKilograms - truth) / truth;
            _last += Math.Abs(SimpleRules.LastWeight(weighings) - truth) / truth;
            _line += Math.Abs(SimpleRules.LineThroughLastFour(weighings, day) - truth) / truth;
            _curve += Math.Abs(SimpleRules.OwnCurve(weighings, day) - truth) / truth;
            _held += Holds(forecast, truth);
            _heldWeighing += Holds(forecast, truth * (1 + (0.02 * MadeHerd.Normal(draws))));
        }
    }

    private static int Holds(WeightForecast forecast, double kilograms) => kilograms >= forecast.LowKilograms && kilograms <= forecast.HighKilograms ? 1 : 0;
}
