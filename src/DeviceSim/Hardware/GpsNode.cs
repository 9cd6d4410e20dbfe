using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Logistics;
using Earmark.FirmwareProtocols.GpsNode;

namespace Earmark.DeviceSim.Hardware;

/// <summary>Reports its truck's position, seal and door twice a minute.</summary>
public sealed class GpsNode(SimulatedDevice identity, SimulatedWorld world, IFrameSink sink, Truck truck)
    : Device(identity, world, sink)
{
    private readonly byte[] _payload = new byte[GpsNodeCodec.PayloadLength];

    protected override void Work() => Every(WorldDefaults.PositionEvery, Report);

    private void Report(DateTimeOffset at)
    {
        PositionSample sample = truck.Measure(at);
        GpsInputs inputs = GpsInputs.ExternalPower
            | (sample.SealIntact ? GpsInputs.SealIntact : GpsInputs.None)
            | (sample.DoorOpen ? GpsInputs.DoorOpen : GpsInputs.None);
        var reading = new GpsReading(
            sample.Place is null ? GpsFix.None : GpsFix.Gnss, Position(sample), (byte)sample.Satellites, inputs, BatteryPercent: null);
        int length = GpsNodeCodec.Write(reading, _payload);
        Send(at, _payload.AsSpan(0, length));
    }

    private static GpsPosition? Position(PositionSample sample)
    {
        if (sample.Place is not { } place)
        {
            return null;
        }

        // At rest a receiver knows no heading.
        bool moving = sample.SpeedKilometresPerHour > 1;
        int heading = (int)Math.Round(sample.HeadingDegrees * 10) % 3600;
        return new GpsPosition(
            (int)Math.Round(place.Latitude * 1e7),
            (int)Math.Round(place.Longitude * 1e7),
            (ushort)Math.Round(sample.SpeedKilometresPerHour * 10),
            moving ? (ushort)heading : null,
            (ushort)Math.Clamp(Math.Round(sample.AccuracyMetres * 10), 1, ushort.MaxValue - 1));
    }
}
