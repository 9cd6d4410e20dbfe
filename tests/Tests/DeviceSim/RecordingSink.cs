using Earmark.DeviceSim.Hardware;

namespace Earmark.Tests.DeviceSim;

/// <summary>Keeps what devices make; the link is as the test says.</summary>
internal sealed class RecordingSink : IFrameSink
{
    private readonly Dictionary<string, uint> _boots = [];

    public List<MadeFrame> Frames { get; } = [];

    public List<(string Device, Uplink Uplink)> Changes { get; } = [];

    public bool Online { get; set; } = true;

    public bool IsOnline(SimulatedDevice device) => Online;

    public void Take(MadeFrame frame) => Frames.Add(frame);

    public void UplinkChanged(SimulatedDevice device, Uplink uplink) => Changes.Add((device.DeviceId, uplink));

    public uint NextBoot(SimulatedDevice device) => _boots[device.DeviceId] = _boots.GetValueOrDefault(device.DeviceId) + 1;
}
