namespace Earmark.FirmwareProtocols.WarehouseScale;

/// <summary>State of the scale at the reading; bits 5–7 are reserved and must be zero.</summary>
[Flags]
public enum ScaleFlags : byte
{
    None = 0,

    /// <summary>The load did not move. Only stable readings are weighings.</summary>
    Stable = 1,

    /// <summary>Above the scale's range: there is no weight, which is not a weight of 0.</summary>
    Overload = 2,

    /// <summary>Below the scale's range: there is no weight.</summary>
    Underload = 4,

    /// <summary>At the centre of zero.</summary>
    Zero = 8,

    /// <summary>A tare is in use.</summary>
    TareActive = 16,
}

/// <summary>Why the weighing was made.</summary>
public enum ScalePurpose : byte
{
    /// <summary>Read on its own while something stands on the scale.</summary>
    Continuous = 0,

    /// <summary>Goods coming in.</summary>
    Inbound = 1,

    /// <summary>Goods going out.</summary>
    Outbound = 2,

    /// <summary>A check weighing of what is stored.</summary>
    Check = 3,
}
