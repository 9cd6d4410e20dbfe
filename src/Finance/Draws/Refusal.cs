namespace Earmark.Finance;

/// <summary>Why a draw or a release is refused. Several may hold at once; all are named.</summary>
public enum Refusal
{
    /// <summary>A report's time has run out: nobody says what stands now.</summary>
    Stale,

    /// <summary>A pledged site has not reported since it or the facility was activated.</summary>
    Unknown,

    /// <summary>A pledged site hears none of its stations.</summary>
    Unobserved,

    /// <summary>A price is on its staleness ramp.</summary>
    PriceOnRamp,

    /// <summary>A price is missing or past its ramp.</summary>
    StalePrice,

    /// <summary>Beyond the margin-call line, or a call is open.</summary>
    Shortfall,

    /// <summary>LTV after it would be above the draw factor.</summary>
    WouldBreach,

    OverLimit,

    OverBorrowingBase,

    /// <summary>Market value after it would be below the minimum stock line.</summary>
    BelowMinimumStock,

    /// <summary>Zero or negative.</summary>
    AmountNotPositive,
}

public static class RefusalCodes
{
    /// <summary>The reason as the API, the Book and the pages write it.</summary>
    public static string Code(this Refusal refusal) => refusal switch
    {
        Refusal.Stale => "stale",
        Refusal.Unknown => "unknown",
        Refusal.Unobserved => "unobserved",
        Refusal.PriceOnRamp => "price-on-ramp",
        Refusal.StalePrice => "stale-price",
        Refusal.Shortfall => "shortfall",
        Refusal.WouldBreach => "would-breach",
        Refusal.OverLimit => "over-limit",
        Refusal.OverBorrowingBase => "over-borrowing-base",
        Refusal.BelowMinimumStock => "below-minimum-stock",
        Refusal.AmountNotPositive => "amount-not-positive",
        _ => throw new ArgumentOutOfRangeException(nameof(refusal)),
    };
}
