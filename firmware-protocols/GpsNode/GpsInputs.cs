namespace Earmark.FirmwareProtocols.GpsNode;

/// <summary>The node's wired inputs; bits 3–7 are reserved and must be zero.</summary>
[Flags]
public enum GpsInputs : byte
{
    None = 0,

    /// <summary>The loop of the electronic seal is closed.</summary>
    SealIntact = 1,
    DoorOpen = 2,
    ExternalPower = 4,
}
