namespace Earmark.FirmwareProtocols.EarTag;

/// <summary>What a tag says about itself; bit 3 is reserved and must be zero.</summary>
[Flags]
public enum TagFlags : byte
{
    None = 0,

    /// <summary>The loop through the ear is open: the tag was cut off or torn out.</summary>
    Removed = 1,

    /// <summary>The temperature sensor failed; the temperature is then unknown.</summary>
    TemperatureFault = 2,

    /// <summary>The tag restarted since it was last heard, so activity and motionless time started over.</summary>
    Restarted = 4,
}
