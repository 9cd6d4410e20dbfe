using Earmark.Finance;
using Earmark.Silo.Sites;
using Earmark.Valuation;
using Earmark.Valuation.Growth;

namespace Earmark.Silo.Cattle;

/// <summary>
/// Weights as of the end of a day, worked out once a day and after a weighing, not for each report. What counts is the lower bound then or at
/// the weighing, whichever is less: being concave in time it is nowhere between below both, so it is never too high before the day ends, and only
/// a weighing raises it. Growth that nobody weighed gives no credit, least of all in silence. Made from state, so not part of it.
/// </summary>
internal sealed class WeightCache(SiteCore core, Herd herd)
{
    private readonly Dictionary<(ushort PriceClass, ushort Grade, byte Sex), GrowthCurve> _curves = [];
    private (int Mean, int Confidence)[] _weights = [];
    private uint _day;

    public (int MeanGrams, Fraction Confidence) At(int slot, uint second)
    {
        var day = second / Seconds.Day;
        if (day != _day || slot >= _weights.Length)
        {
            _weights = new (int, int)[herd.Animals.Length];
            _weights.AsSpan().Fill((-1, 0));
            _day = day;
        }

        ref var weight = ref _weights[slot];
        if (weight.Mean < 0)
        {
            var estimate = Estimate(slot, (day + 1) * Seconds.Day);
            var lower = Math.Min(estimate.LowerGrams, Estimate(slot, herd.Animals[slot].WeighedAt).LowerGrams);
            weight = (estimate.MeanGrams, estimate.MeanGrams == 0 ? 0 : (int)((long)lower * Fraction.Scale / estimate.MeanGrams));
        }

        return (weight.Mean, new Fraction(weight.Confidence));
    }

    /// <summary>The animal was weighed.</summary>
    public void Forget(int slot)
    {
        if (slot < _weights.Length)
        {
            _weights[slot].Mean = -1;
        }
    }

    public WeightEstimate Estimate(int slot, uint second) =>
        GrowthRule.At(herd.Growth[slot], (long)second - herd.Animals[slot].WeighedAt, CurveOf(herd.Animals[slot]));

    /// <summary>What the animal's class gains. Classes are named by the institution; those of milk cows begin with "dairy".</summary>
    public GrowthCurve CurveOf(in AnimalRow animal)
    {
        var key = (animal.PriceClass, animal.Grade, animal.Sex);
        if (!_curves.TryGetValue(key, out var curve))
        {
            var sex = herd.Sexes[animal.Sex];
            var isDairy = core.PriceClasses[animal.PriceClass].StartsWith("dairy", StringComparison.Ordinal);
            curve = GrowthCurve.Of(core.Grades[animal.Grade], string.IsNullOrEmpty(sex) && isDairy ? "cow" : sex);
            _curves.Add(key, curve);
        }

        return curve;
    }
}
