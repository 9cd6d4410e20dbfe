using Earmark.DeviceSim.Hardware;
using Earmark.DeviceSim.Truth;
using Earmark.DeviceSim.World;

namespace Earmark.DeviceSim.Scripts;

/// <summary>Acts on devices: one by name, or all of a site that connect.</summary>
internal sealed class DeviceActs(SimulatedWorld world, IReadOnlyList<Device> devices)
{
    /// <summary>Empty when the act names neither, so that no act hits everything by being left half written.</summary>
    public IReadOnlyList<Device> Of(ScenarioAct act) =>
        [.. devices.Where(device => act.Device is not null ? device.Identity.DeviceId == act.Device : device.Identity.Site == act.Site)];

    public void Happen(ScenarioAct act, DateTimeOffset at)
    {
        TimeSpan length = act.Duration ?? TimeSpan.FromHours(1);
        foreach (Device device in Of(act))
        {
            string fact;
            switch (act.Do)
            {
                case "cut-uplink":
                    device.CutUplink(at, length);
                    fact = TruthFacts.UplinkCut;
                    break;
                case "station-off":
                    device.PowerOff(at, length);
                    fact = TruthFacts.PoweredOff;
                    break;
                case "buffer":
                    device.HoldFrames(at, length);
                    fact = TruthFacts.Buffering;
                    break;
                default:
                    device.Clock.Shift = act.Backwards ? -length : length;
                    fact = TruthFacts.ClockShifted;
                    break;
            }

            world.Truth.Write(new TruthFact(at, device.Identity.Site, fact, device.Identity.DeviceId) { Detail = $"{(act.Backwards ? "-" : "")}{length}" });
        }
    }
}
