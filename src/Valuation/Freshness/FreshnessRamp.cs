using Earmark.Finance;

namespace Earmark.Valuation;

/// <summary>The published freshness of a quantity by the time since its sensor was last heard (domain.md: 100 % to 24 h, linear to 0 at 72 h).</summary>
public static class FreshnessRamp
{
    public const long DefaultFlatSeconds = 24 * 3_600;
    public const long DefaultZeroSeconds = 72 * 3_600;

    public static readonly Ramp Default = new(DefaultFlatSeconds, DefaultZeroSeconds);

    /// <summary>A moving load is judged in hours, not days: its node speaks every minute, and a theft is over in a morning.</summary>
    public static readonly Ramp ShipmentDefault = new(2 * 3_600, 8 * 3_600);
}
