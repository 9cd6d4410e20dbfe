namespace Earmark.DeviceSim.Hardware;

/// <summary>Where devices leave what they make.</summary>
public interface IFrameSink
{
    /// <summary>Whether the device's link is up right now; false turns a frame into backlog.</summary>
    bool IsOnline(SimulatedDevice device);

    void Take(MadeFrame frame);

    /// <summary>The device's radio went off or came back, or it began or ended to hold frames back.</summary>
    void UplinkChanged(SimulatedDevice device, Uplink uplink);

    /// <summary>The next power-up's number, kept for good before it is used.</summary>
    uint NextBoot(SimulatedDevice device);
}

/// <summary>What a device can do with its frames.</summary>
public enum Uplink
{
    Open,

    /// <summary>Connected, but holding frames back.</summary>
    Holding,

    /// <summary>No connection at all.</summary>
    Cut,
}
