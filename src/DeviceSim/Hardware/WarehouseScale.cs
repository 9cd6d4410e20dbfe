using Earmark.DeviceSim.World;
using Earmark.DeviceSim.World.Warehouses;
using Earmark.FirmwareProtocols.WarehouseScale;

namespace Earmark.DeviceSim.Hardware;

/// <summary>Reports what its indicator shows during a weighing, and an empty platform every few minutes.</summary>
public sealed class WarehouseScale(SimulatedDevice identity, SimulatedWorld world, IFrameSink sink, Scale scale)
    : Device(identity, world, sink)
{
    private readonly byte[] _payload = new byte[WarehouseScaleCodec.PayloadLength];

    protected override void Work()
    {
        scale.Shown += Report;
        Every(WorldDefaults.ScaleHeartbeat, ShowEmpty);
    }

    private void ShowEmpty(DateTimeOffset at)
    {
        if (at >= scale.BusyUntil)
        {
            Report(new ScaleSample(at, 0, 0, Stable: true, WeighingPurpose.None, null));
        }
    }

    private void Report(ScaleSample sample)
    {
        // What the terminal cannot show it does not send: an odd reference becomes none.
        ScaleReference reference = ScaleReference.TryParse(sample.Reference, out ScaleReference scanned) ? scanned : default;
        int gross = (int)(sample.GrossGrams / 1000);
        int tare = (int)(sample.TareGrams / 1000);
        ScaleFlags flags = (sample.Stable ? ScaleFlags.Stable : ScaleFlags.None)
            | (gross == 0 && sample.Stable ? ScaleFlags.Zero : ScaleFlags.None)
            | (tare > 0 ? ScaleFlags.TareActive : ScaleFlags.None);
        var reading = new ScaleReading(gross, tare, gross - tare, 0, WeightUnit.Kilogram, flags, Purpose(sample.Purpose), reference);
        int length = WarehouseScaleCodec.Write(reading, _payload);
        Send(sample.At, _payload.AsSpan(0, length));
    }

    private static ScalePurpose Purpose(WeighingPurpose purpose) => purpose switch
    {
        WeighingPurpose.Inbound => ScalePurpose.Inbound,
        WeighingPurpose.Outbound => ScalePurpose.Outbound,
        WeighingPurpose.StockTake => ScalePurpose.Check,
        _ => ScalePurpose.Continuous,
    };
}
