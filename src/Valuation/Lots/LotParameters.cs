using Earmark.Finance;

namespace Earmark.Valuation;

/// <summary>How a lot's quantity falls. A policy of the institution; the defaults are chosen.</summary>
/// <param name="Freshness">By the time since a device of its zone was heard.</param>
/// <param name="Calibration">By the time since the scale's calibration ran out: an unchecked scale drifts, it does not fail overnight.</param>
/// <param name="ShelfLife">By the time past the shelf life.</param>
/// <param name="GapTolerance">Difference between weighed and booked, as a share of the larger, that weighing itself explains (class III scales, moisture).</param>
/// <param name="GapLimit">Above it nobody knows what is there: the lot counts nothing until reconciled.</param>
public sealed record LotParameters(Ramp Freshness, Ramp Calibration, Ramp ShelfLife, Fraction GapTolerance, Fraction GapLimit)
{
    private const long Day = 86_400;

    public static readonly LotParameters Default = new(
        FreshnessRamp.Default, new Ramp(0, 30 * Day), new Ramp(0, 30 * Day), new Fraction(5_000), new Fraction(50_000));
}
