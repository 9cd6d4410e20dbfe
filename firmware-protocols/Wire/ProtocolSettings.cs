using Earmark.FirmwareProtocols.WarehouseScale;

namespace Earmark.FirmwareProtocols.Wire;

/// <summary>What a device was set to and its bytes don't say. Part of what a replay needs, so it is kept beside the bytes.</summary>
public sealed record ProtocolSettings
{
    public static ProtocolSettings Default { get; } = new();

    /// <summary>Time zone of times without one (JT/T 808). The standard says GMT+8; many exported terminals send UTC.</summary>
    public TimeSpan Zone { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Takes what strictly is refused: a wrong or missing checksum, a wrong length. What was wrong is said.</summary>
    public bool Lenient { get; init; }

    /// <summary>Unit of weights whose line has none (XK3190, Modbus).</summary>
    public WeightUnit Unit { get; init; } = WeightUnit.Kilogram;

    /// <summary>Decimals of a Modbus weight, 0–6.</summary>
    public int Decimals { get; init; }

    /// <summary>A 32-bit Modbus weight has its low word first.</summary>
    public bool LowWordFirst { get; init; }
}
