namespace Earmark.Valuation;

/// <summary>Why an asset counts nothing. One reason an asset: the first that holds, in this order.</summary>
public enum ExclusionReason : byte
{
    None,

    /// <summary>Left the site by sale or slaughter.</summary>
    Sold,
    DeadPresumed,

    /// <summary>The tag itself says that it was cut off or torn out: what it hears is not the animal.</summary>
    TagRemoved,
    Missing,
    SealBroken,
    OffCorridor,
    Overdue,

    /// <summary>No registration number of the pledge (中登网).</summary>
    Unregistered,
    Quarantined,
    NotInsured,
    CalibrationExpired,
    ReconciliationGap,
    BeyondShelfLife,

    /// <summary>No weighing, so no quantity to count.</summary>
    Unweighed,

    /// <summary>Its sensor has not been heard once.</summary>
    NeverHeard,

    /// <summary>Not heard for so long that its freshness is zero.</summary>
    Silent,
}

public static class ExclusionReasons
{
    private static readonly string[] Names =
    [
        "none", "sold", "dead-presumed", "tag-removed", "missing", "seal-broken", "off-corridor", "overdue", "unregistered", "quarantined",
        "not-insured", "calibration-expired", "reconciliation-gap", "beyond-shelf-life", "unweighed", "never-heard", "silent",
    ];

    /// <summary>The reason as reports, the API and the pages write it.</summary>
    public static string Code(this ExclusionReason reason) => Names[(int)reason];

    public static bool TryParse(string code, out ExclusionReason reason)
    {
        var index = Array.IndexOf(Names, code);
        reason = (ExclusionReason)Math.Max(index, 0);
        return index >= 0;
    }
}
