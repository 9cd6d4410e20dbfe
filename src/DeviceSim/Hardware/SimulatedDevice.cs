using Earmark.FirmwareProtocols;

namespace Earmark.DeviceSim.Hardware;

/// <summary>A device as onboarding handed it out: who it is and what it proves itself with.</summary>
/// <param name="FrameKey">32 bytes.</param>
public sealed record SimulatedDevice(
    DeviceName Name, DeviceKind Kind, string Site, string UserName, string Password, byte KeyId, byte[] FrameKey)
{
    public string DeviceId { get; } = Name.ToString();

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{DeviceKinds.Name(Kind)} {DeviceId} at {Site}";
}
